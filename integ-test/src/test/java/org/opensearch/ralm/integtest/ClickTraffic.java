package org.opensearch.ralm.integtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.Pace;

/** Clicks that keep coming, whatever happens to the cluster; enters those that were acknowledged in the books. */
final class ClickTraffic {
    private static final int BULK = 20;
    private static final int CLICKS_A_SECOND = 300;

    private final ClickWriter writer;
    private final SeedBooks books;
    private final int candidates;
    private final AtomicInteger bulks = new AtomicInteger();
    private final Random random = new Random(3);

    /** What happens meanwhile. */
    interface Fault {
        void happen() throws Exception;
    }

    /**
     * @param candidates clicks are on c1, c2, … up to this one
     */
    ClickTraffic(ClickWriter writer, SeedBooks books, int candidates) {
        this.writer = writer;
        this.books = books;
        this.candidates = candidates;
    }

    /**
     * Lets users click while something happens, and returns when that is over and every click sent so far has been
     * acknowledged.
     *
     * @param firstUser u1, u2, … click from this one on
     * @param lastUser and up to this one
     */
    void during(int firstUser, int lastUser, Fault fault) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Pace pace = Pace.of(CLICKS_A_SECOND);
        CompletableFuture<Void> clicking = CompletableFuture.runAsync(() -> {
            for (long sent = 0; over.get() == false; sent += BULK) {
                pace.await(sent);
                send(firstUser, lastUser);
            }
        });
        int before = bulks.get();
        Await.until(() -> bulks.get() > before || clicking.isDone() ? null : "no bulk was acknowledged");
        try {
            fault.happen();
        } finally {
            over.set(true);
            clicking.join();
        }
    }

    /** How many bulks have been acknowledged. */
    int bulks() {
        return bulks.get();
    }

    /** How many times a click was turned away for load or a full disk. */
    long rejected() {
        return writer.rejected();
    }

    private void send(int firstUser, int lastUser) {
        List<Click> clicks = new ArrayList<>();
        for (int i = 0; i < BULK; i++) {
            String candidate = "c" + (1 + random.nextInt(candidates));
            String user = "u" + random.nextInt(firstUser, lastUser + 1);
            clicks.add(new Click(candidate, user, System.currentTimeMillis()));
        }
        writer.write(clicks);
        clicks.forEach(click -> books.enter(click.candidate(), click.user()));
        bulks.incrementAndGet();
    }
}
