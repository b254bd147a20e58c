package org.opensearch.ralm.trainer.bench.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.ClickWriter;

/** Sends clicks on candidates that have been acknowledged, and enters those that are taken. */
final class ClickLoad {

    private static final int BULK = 40;

    private final ClickWriter writer;
    private final Ledger ledger;
    private final IntSupplier candidates;
    private final Random random = new Random();

    /**
     * @param candidates how many there are now
     */
    ClickLoad(ClickWriter writer, Ledger ledger, IntSupplier candidates) {
        this.writer = writer;
        this.ledger = ledger;
        this.candidates = candidates;
    }

    /** Sends some clicks until all are acknowledged. */
    void step() {
        List<Click> clicks = new ArrayList<>();
        for (int i = 0; i < BULK; i++) {
            String candidate = CandidateLoad.id(random.nextInt(candidates.getAsInt()));
            clicks.add(new Click(candidate, "u" + random.nextInt(ChaosOptions.USERS), System.currentTimeMillis()));
        }
        writer.write(clicks);
        clicks.forEach(click -> ledger.click(click.candidate(), click.user()));
    }

    /** How many times a click was turned away with 429 and sent again. */
    long rejected() {
        return writer.rejected();
    }
}
