package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.kernel.KernelParameters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.exposure.ExposureRule;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * Everything a shard needs to score candidates for one user; the same on all shards of a search, which thereby use one
 * model, and no shard needs the model itself. The arrays are not to be changed.
 *
 * @param field the field of seed blocks
 * @param model the id of the model
 * @param fingerprint of the model; only blocks of the same are scored
 * @param user e, the user's look-alike vector of h values
 * @param query q = e W_L, the local query of h values
 * @param alpha weight of the global cosine
 * @param beta weight of the local cosine
 * @param temperature τ of the local attention
 * @param sizeWeight λ of the local attention
 * @param calibration γ and b
 * @param output what a hit's score is
 * @param popularity how recent clicks count beside it; null if they do not
 * @param exposure to which part of all users, the best for it, a candidate is shown; null for all
 */
record ScoreParameters(
        String field,
        String model,
        long fingerprint,
        float[] user,
        float[] query,
        double alpha,
        double beta,
        double temperature,
        double sizeWeight,
        Calibration calibration,
        ScoreOutput output,
        Popularity popularity,
        ExposureRule exposure)
        implements Writeable {

    private static final double MOST_WEIGHT = 1e6;

    static ScoreParameters read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "ralm_score");
        return new ScoreParameters(
                members.readString(),
                members.readString(),
                members.readLong(),
                members.readFloatArray(),
                members.readFloatArray(),
                members.readDouble(),
                members.readDouble(),
                members.readDouble(),
                members.readDouble(),
                new Calibration(members.readDouble(), members.readDouble()),
                members.readEnum(ScoreOutput.class),
                members.readOptionalWriteable(Popularity::read),
                members.readOptionalWriteable(ExposureRule::read));
    }

    /**
     * Puts a request, its user's vector and the model together.
     *
     * @throws IllegalArgumentException if the vector does not fit the model, or both weights are 0
     */
    static ScoreParameters of(ScoreRequest request, String field, float[] user, LookalikeModel model) {
        ModelManifest manifest = model.manifest();
        if (user.length != model.dimension()) {
            throw new IllegalArgumentException("[user_vector] has dimension " + user.length + ", but model ["
                    + manifest.id() + "] has dimension " + model.dimension());
        }
        double alpha = request.alpha() == null ? manifest.alpha() : request.alpha();
        double beta = request.beta() == null ? manifest.beta() : request.beta();
        if (alpha + beta == 0) {
            throw new IllegalArgumentException("[alpha] is " + alpha + " and [beta] is " + beta
                    + " with those of model [" + manifest.id() + "], but they must not both be 0");
        }
        requireRoomForClicks(request.popularity(), manifest, alpha + beta);
        LookalikeForm form = manifest.form();
        return new ScoreParameters(
                field,
                manifest.id(),
                model.fingerprint(),
                user,
                model.localQuery(user),
                alpha,
                beta,
                form.localTemperature(),
                form.localSizeWeight(),
                manifest.calibration(),
                request.output(),
                request.popularity(),
                request.exposure());
    }

    /** Where the look-alike score counts this much the digits of a hit's score have no room for clicks. */
    private static void requireRoomForClicks(Popularity popularity, ModelManifest manifest, double largest) {
        double gamma = manifest.calibration().gamma();
        if (popularity != null && (popularity.weight() * gamma * largest <= MOST_WEIGHT) == false) {
            throw new IllegalArgumentException("[popularity.weight] is [" + popularity.weight()
                    + "], but times alpha + beta, " + largest + ", and gamma of model [" + manifest.id() + "], " + gamma
                    + ", it must be at most " + MOST_WEIGHT);
        }
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(field);
            members.writeString(model);
            members.writeLong(fingerprint);
            members.writeFloatArray(user);
            members.writeFloatArray(query);
            members.writeDouble(alpha);
            members.writeDouble(beta);
            members.writeDouble(temperature);
            members.writeDouble(sizeWeight);
            members.writeDouble(calibration.gamma());
            members.writeDouble(calibration.bias());
            members.writeEnum(output);
            members.writeOptionalWriteable(popularity);
            members.writeOptionalWriteable(exposure);
        });
    }

    /** The same for blocks in another field. */
    ScoreParameters withField(String other) {
        return new ScoreParameters(
                other,
                model,
                fingerprint,
                user,
                query,
                alpha,
                beta,
                temperature,
                sizeWeight,
                calibration,
                output,
                popularity,
                exposure);
    }

    /** What of it the raw score depends on. */
    KernelParameters forKernel() {
        return new KernelParameters(fingerprint, user, query, temperature, sizeWeight, alpha, beta);
    }

    /** The width h of the vectors. */
    int dimension() {
        return user.length;
    }

    /** The largest a raw score can be, and its negative the least. */
    double largest() {
        return alpha + beta;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreParameters that
                && field.equals(that.field)
                && model.equals(that.model)
                && fingerprint == that.fingerprint
                && Arrays.equals(user, that.user)
                && Arrays.equals(query, that.query)
                && alpha == that.alpha
                && beta == that.beta
                && temperature == that.temperature
                && sizeWeight == that.sizeWeight
                && calibration.equals(that.calibration)
                && output == that.output
                && Objects.equals(popularity, that.popularity)
                && Objects.equals(exposure, that.exposure);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                field,
                model,
                fingerprint,
                Arrays.hashCode(user),
                Arrays.hashCode(query),
                alpha,
                beta,
                temperature,
                sizeWeight,
                calibration,
                output,
                popularity,
                exposure);
    }
}
