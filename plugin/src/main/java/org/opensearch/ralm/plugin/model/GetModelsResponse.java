package org.opensearch.ralm.plugin.model;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/** One model, shown by itself, or a list of all. */
final class GetModelsResponse extends ActionResponse implements ToXContentObject {

    private final boolean single;
    private final List<StoredModel> models;

    GetModelsResponse(boolean single, List<StoredModel> models) {
        this.single = single;
        this.models = List.copyOf(models);
    }

    GetModelsResponse(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "models");
        this.single = members.readBoolean();
        this.models = members.readList(StoredModel::read);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeBoolean(single);
            members.writeList(models);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (single) {
            return models.get(0).toXContent(builder, params);
        }
        builder.startObject().startArray("models");
        for (StoredModel model : models) {
            model.toXContent(builder, params);
        }
        return builder.endArray().endObject();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GetModelsResponse response
                && single == response.single
                && models.equals(response.models);
    }

    @Override
    public int hashCode() {
        return Objects.hash(single, models);
    }
}
