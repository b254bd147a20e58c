package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.Arrays;

/**
 * Which of a candidate's clicks with vectors are the newest: by the time of the click and, at equal times, by the number
 * of the write.
 *
 * <p>Holds some {@link #bytes} a click while it is made, and nothing a click afterwards.
 */
final class NewestClicks {

    private final long time;
    private final long seqNo;

    private NewestClicks(long time, long seqNo) {
        this.time = time;
        this.seqNo = seqNo;
    }

    /** What finding them takes of the memory: times, and in the worst case numbers of writes in an array that grows. */
    static long bytes(int clicks) {
        return 4L * Long.BYTES * clicks;
    }

    /** All of them. */
    static NewestClicks all() {
        return new NewestClicks(Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /**
     * Finds the newest.
     *
     * @param total how many clicks with vectors there are
     * @param most how many are wanted, at least 1 and fewer than there are
     */
    static NewestClicks of(ClickSnapshot snapshot, String candidate, int total, int most) throws IOException {
        long[] times = new long[total];
        ClickCursor clicks = snapshot.clicksOf(candidate);
        for (int i = 0; clicks.next(); ) {
            if (clicks.hasVector()) {
                times[i++] = clicks.time();
            }
        }
        Arrays.sort(times);
        long oldest = times[total - most];
        int later = 0;
        while (later < most && times[total - 1 - later] > oldest) {
            later++;
        }
        return new NewestClicks(oldest, oldestWrite(snapshot, candidate, oldest, most - later));
    }

    /** The number of the last write but some among those of one time. */
    private static long oldestWrite(ClickSnapshot snapshot, String candidate, long time, int wanted)
            throws IOException {
        long[] seqNos = new long[wanted];
        int count = 0;
        ClickCursor clicks = snapshot.clicksOf(candidate);
        while (clicks.next()) {
            if (clicks.hasVector() && clicks.time() == time) {
                if (count == seqNos.length) {
                    seqNos = Arrays.copyOf(seqNos, seqNos.length * 2);
                }
                seqNos[count++] = clicks.seqNo();
            }
        }
        Arrays.sort(seqNos, 0, count);
        return seqNos[count - wanted];
    }

    boolean contains(ClickCursor click) throws IOException {
        long clicked = click.time();
        return clicked > time || (clicked == time && click.seqNo() >= seqNo);
    }
}
