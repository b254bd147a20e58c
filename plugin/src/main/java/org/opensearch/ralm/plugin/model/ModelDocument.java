package org.opensearch.ralm.plugin.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.plugin.metrics.MetricsDocument;

/**
 * What is logged of a model that was uploaded: how it scores, and what the record of its training says of that.
 *
 * @param manifest its {@code model.json}, whose record of the training may be anything
 */
record ModelDocument(ModelManifest manifest) implements MetricsDocument {

    @Override
    public String kind() {
        return "model";
    }

    @Override
    public void writeFields(XContentBuilder builder) throws IOException {
        builder.field("model", manifest.id());
        builder.field("dimension", manifest.dimension()).field("clusters", manifest.clusters());
        builder.field("alpha", manifest.alpha()).field("beta", manifest.beta());
        builder.field("gamma", manifest.calibration().gamma())
                .field("bias", manifest.calibration().bias());
        JsonNode training = manifest.training() == null ? MissingNode.getInstance() : manifest.training();
        writeNumber(builder, "auc", training.at("/chosen/lookalike/0/validation_auc"));
        for (String figure :
                new String[] {"click_rate", "score_mean", "score_std", "clicked_score_mean", "clicked_score_std"}) {
            writeNumber(builder, figure, training.path("validation").path(figure));
        }
    }

    private static void writeNumber(XContentBuilder builder, String name, JsonNode value) throws IOException {
        if (value.isNumber() && Double.isFinite(value.asDouble())) {
            builder.field(name, value.asDouble());
        }
    }
}
