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
import org.opensearch.ralm.plugin.system.Wire;

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

    static ResolvedAudience read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "ralm_audience");
        return new ResolvedAudience(
                members.readString(),
                new AudienceParameters(
                        SeedBlockCodec.decode(members.readByteArray()),
                        members.readFloatArray(),
                        members.readDouble(),
                        members.readDouble(),
                        members.readDouble(),
                        members.readDouble()),
                new Calibration(members.readDouble(), members.readDouble()),
                members.readEnum(ScoreOutput.class),
                members.readDouble(),
                members.readStringList());
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
        Wire.write(out, members -> {
            members.writeString(model);
            members.writeByteArray(SeedBlockCodec.encode(parameters.block(), Encoding.FLOAT32));
            members.writeFloatArray(parameters.keys());
            members.writeDouble(parameters.temperature());
            members.writeDouble(parameters.sizeWeight());
            members.writeDouble(parameters.alpha());
            members.writeDouble(parameters.beta());
            members.writeDouble(calibration.gamma());
            members.writeDouble(calibration.bias());
            members.writeEnum(output);
            members.writeDouble(lowest);
            members.writeStringCollection(excluded);
        });
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
