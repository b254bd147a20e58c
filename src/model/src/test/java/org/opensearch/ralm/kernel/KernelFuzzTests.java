package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opensearch.ralm.artifact.ExampleArtifacts;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.InvalidBlockException;
import org.opensearch.ralm.block.RandomBlocks;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;

/** Damaged blocks are not accepted or are scored without a fault; those that a field would store, finitely. */
class KernelFuzzTests {

    private static final int ROUNDS = Integer.getInteger("ralm.fuzz.rounds", 20_000);
    private static final int DIMENSION = 5;

    @ParameterizedTest
    @EnumSource
    void damagedBlocksAreScoredOrNotAccepted(Encoding encoding) {
        LookalikeModel model = new LookalikeModel(ExampleArtifacts.artifact(LookalikeForm.DEFAULT, 4, DIMENSION, 3, 1));
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            float[] user = RandomBlocks.gaussian(random, DIMENSION);
            Clusters clusters = RandomBlocks.clusters(random, 1 + random.nextInt(6), DIMENSION);
            byte[] bytes = SeedBlockCodec.encode(model.seedBlock(clusters), encoding);
            int reach = random.nextBoolean() ? 20 : bytes.length;
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(reach)] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(4));
            }
            int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            SeedBlockKernel kernel = kernel(model, user);
            assertDoesNotThrow(() -> scoreIfAccepted(kernel, bytes, length), "seed " + seed);
        }
    }

    private static SeedBlockKernel kernel(LookalikeModel model, float[] user) {
        LookalikeForm form = model.manifest().form();
        return new SeedBlockKernel(new KernelParameters(
                model.fingerprint(),
                user,
                model.localQuery(user),
                form.localTemperature(),
                form.localSizeWeight(),
                model.manifest().alpha(),
                model.manifest().beta()));
    }

    private static void scoreIfAccepted(SeedBlockKernel kernel, byte[] bytes, int length) {
        if (kernel.accepts(bytes, 0, length)) {
            double score = kernel.score(bytes, 0, length);
            assertTrue(Double.isFinite(score) || isStorable(bytes, length) == false, "score " + score);
        }
    }

    private static boolean isStorable(byte[] bytes, int length) {
        try {
            SeedBlockCodec.decode(bytes, 0, length);
            return true;
        } catch (InvalidBlockException e) {
            return false;
        }
    }
}
