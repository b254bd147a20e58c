package org.opensearch.ralm.trainer.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Keeps the disk of a directory busy with small synchronous writes. */
final class DiskLoad {

    private static final int THREADS = 2;
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 64;

    private final Path directory;

    DiskLoad(Path directory) {
        this.directory = directory;
    }

    /** Writes for a while; leaves nothing behind. */
    void run(int seconds) {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            CompletableFuture.allOf(IntStream.range(0, THREADS)
                            .mapToObj(thread -> directory.resolve("disk-load-" + thread))
                            .map(file -> CompletableFuture.runAsync(() -> write(file, deadline), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private static void write(Path file, long deadline) {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long number = 0; System.nanoTime() < deadline; number++) {
                channel.write(block.clear(), number % BLOCKS * BLOCK);
                channel.force(true);
            }
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
