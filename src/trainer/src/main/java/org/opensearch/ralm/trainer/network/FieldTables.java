package org.opensearch.ralm.trainer.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.opensearch.ralm.representation.FieldRows;

/** The tables that the fields' vectors are sums of, and the row of users who have no field. */
final class FieldTables {

    private final List<EmbeddingTable> fields = new ArrayList<>();
    private final List<EmbeddingTable> all = new ArrayList<>();
    private final EmbeddingTable defaultRow;
    private final int slots;
    private final int width;

    FieldTables(RepresentationShape shape, Random random) {
        this.slots = shape.slots();
        this.width = shape.fieldWidth();
        for (int field = 0; field < shape.fieldRows().size(); field++) {
            fields.add(new EmbeddingTable(
                    "field." + field + ".table", shape.fieldRows().get(field), width, random));
        }
        all.addAll(fields);
        defaultRow = slots > fields.size() ? new EmbeddingTable("field.default", 1, width, random) : null;
        if (defaultRow != null) {
            all.add(defaultRow);
        }
    }

    List<EmbeddingTable> all() {
        return all;
    }

    /** Brings the rows that a batch reads up to date. */
    void catchUp(RepresentationBatch batch, Adam adam) {
        for (int field = 0; field < fields.size(); field++) {
            for (int row : batch.fields().get(field).ids()) {
                adam.catchUp(fields.get(field), row);
            }
        }
        if (defaultRow != null) {
            adam.catchUp(defaultRow, 0);
        }
    }

    /** H, users × slots × d. */
    float[] vectors(RepresentationBatch batch) {
        float[] vectors = new float[batch.users() * slots * width];
        for (int user = 0; user < batch.users(); user++) {
            int first = user * slots;
            for (int field = 0; field < fields.size(); field++) {
                float[] table = fields.get(field).parameter().values();
                batch.fields().get(field).sum(user, table, width, vectors, (first + field) * width);
            }
            if (defaultRow != null) {
                defaultRow.read(0, vectors, (first + fields.size()) * width);
            }
        }
        return vectors;
    }

    /** A value for each vector that is there, another for each that is not, users × slots. */
    float[] presence(RepresentationBatch batch, float present, float missing) {
        float[] presence = new float[batch.users() * slots];
        Arrays.fill(presence, missing);
        for (int user = 0; user < batch.users(); user++) {
            boolean any = false;
            for (int field = 0; field < fields.size(); field++) {
                if (batch.fields().get(field).present(user)) {
                    presence[user * slots + field] = present;
                    any = true;
                }
            }
            if (any == false && defaultRow != null) {
                presence[user * slots + fields.size()] = present;
            }
        }
        return presence;
    }

    /** Hands the gradient of H on to the rows. */
    void addGradient(RepresentationBatch batch, float[] gradient) {
        for (int user = 0; user < batch.users(); user++) {
            int first = user * slots;
            boolean any = false;
            for (int field = 0; field < fields.size(); field++) {
                FieldRows rows = batch.fields().get(field);
                fields.get(field).addGradient(rows, user, gradient, (first + field) * width);
                any |= rows.present(user);
            }
            if (any == false && defaultRow != null) {
                defaultRow.gradients().add(0, gradient, (first + fields.size()) * width, 1);
            }
        }
    }
}
