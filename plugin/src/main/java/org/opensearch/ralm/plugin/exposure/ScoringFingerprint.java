package org.opensearch.ralm.plugin.exposure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.opensearch.common.hash.MurmurHash3;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.kernel.KernelParameters;
import org.opensearch.ralm.lookalike.LookalikeModel;

/**
 * A number that two ways to score share only if they give a user the same raw score with a block: models of one
 * fingerprint may have other α, β, τ and λ. The first eight bytes of MurmurHash3_x64_128, seed 0, of the five.
 */
public final class ScoringFingerprint {

    private ScoringFingerprint() {}

    /** Of raw scores with the model's own weights. */
    public static long of(LookalikeModel model) {
        ModelManifest manifest = model.manifest();
        LookalikeForm form = manifest.form();
        return of(
                model.fingerprint(),
                manifest.alpha(),
                manifest.beta(),
                form.localTemperature(),
                form.localSizeWeight());
    }

    /** Of a user's raw scores. */
    static long of(KernelParameters user) {
        return of(user.fingerprint(), user.alpha(), user.beta(), user.temperature(), user.sizeWeight());
    }

    private static long of(long model, double alpha, double beta, double temperature, double sizeWeight) {
        ByteBuffer content = ByteBuffer.allocate(Long.BYTES + 4 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(model)
                .putDouble(alpha)
                .putDouble(beta)
                .putDouble(temperature)
                .putDouble(sizeWeight);
        return MurmurHash3.hash128(content.array(), 0, content.capacity(), 0, new MurmurHash3.Hash128()).h1;
    }
}
