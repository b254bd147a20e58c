package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.kernel.Audience;
import org.opensearch.ralm.kernel.AudienceParameters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.score.ScoreOutput;

/**
 * Everything a shard needs to score users for one candidate; the same on all shards of a search, and no shard needs the
 * model.
 *
 * @param model the id of the model, whose users match
 * @param parameters the candidate
 * @param calibration γ and b
 * @param output what a hit's score is
 * @param lowest the raw score a match has at least
 * @param excluded ids of users who are no matches
 */
record ResolvedAudience(
        String model,
        AudienceParameters parameters,
        Calibration calibration,
        ScoreOutput output,
        double lowest,
        List<String> excluded)
        implements Writeable {

    ResolvedAudience(StreamInput in) throws IOException {
        this(
                in.readString(),
                new AudienceParameters(
                        SeedBlockCodec.decode(in.readByteArray()),
                        in.readFloatArray(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble()),
                new Calibration(in.readDouble(), in.readDouble()),
                in.readEnum(ScoreOutput.class),
                in.readDouble(),
                in.readStringList());
    }

    /** Puts a request, its candidate's block and the block's model together. */
    static ResolvedAudience of(
            AudienceRequest request, SeedBlock block, LookalikeModel model, double lowest, List<String> excluded) {
        ModelManifest manifest = model.manifest();
        LookalikeForm form = manifest.form();
        AudienceParameters parameters = new AudienceParameters(
                block,
                model.localKeys(block.clusters()),
                form.localTemperature(),
                form.localSizeWeight(),
                manifest.alpha(),
                manifest.beta());
        return new ResolvedAudience(
                manifest.id(), parameters, manifest.calibration(), request.output(), lowest, excluded);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(model);
        out.writeByteArray(SeedBlockCodec.encode(parameters.block(), Encoding.FLOAT32));
        out.writeFloatArray(parameters.keys());
        out.writeDouble(parameters.temperature());
        out.writeDouble(parameters.sizeWeight());
        out.writeDouble(parameters.alpha());
        out.writeDouble(parameters.beta());
        out.writeDouble(calibration.gamma());
        out.writeDouble(calibration.bias());
        out.writeEnum(output);
        out.writeDouble(lowest);
        out.writeStringCollection(excluded);
    }

    /** The candidate, made ready for users to be scored for it. */
    Audience audience() {
        return new Audience(parameters);
    }

    /** The width h of the vectors. */
    int dimension() {
        return parameters.block().dimension();
    }

    /** The score of a hit by its raw score. */
    float scoreOf(double raw) {
        return output.score(raw, parameters.alpha() + parameters.beta(), calibration);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResolvedAudience that
                && model.equals(that.model)
                && parameters.block().equals(that.parameters.block())
                && Arrays.equals(parameters.keys(), that.parameters.keys())
                && parameters.temperature() == that.parameters.temperature()
                && parameters.sizeWeight() == that.parameters.sizeWeight()
                && parameters.alpha() == that.parameters.alpha()
                && parameters.beta() == that.parameters.beta()
                && calibration.equals(that.calibration)
                && output == that.output
                && lowest == that.lowest
                && excluded.equals(that.excluded);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                model, parameters.block(), Arrays.hashCode(parameters.keys()), calibration, output, lowest, excluded);
    }
}
