package org.opensearch.ralm.representation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.Tensor;

/**
 * Universal user embeddings: field tables, merge layer, two fully connected layers.
 *
 * <p>Of F fields of width d the attention merge layer, equations (6) to (8), makes U = tanh(H W_1 + b_1), z = U w_2,
 * a = softmax over the fields that are present, M = aᵀ H, once a head, the heads side by side; a user without any field
 * has a learned default row for all of them. The other merge layer sets the fields side by side. Then comes
 * ReLU(M W_2 + b_2) W_3 + b_3. Each field may pass a layer of its own before it is merged: ReLU(H_f W_f + b_f).
 *
 * <p>Tensors: {@code field.<i>.table} [rows, d] for each field; {@code field.weight} [slots, d, d] and
 * {@code field.bias} [slots, d] where fields have layers, a slot being a field or, last, the default row; for attention
 * {@code field.default} [1, d], {@code merge.weight} [d, heads·κ], {@code merge.bias} and {@code merge.vector}
 * [heads·κ], {@code merge.heads} [heads] (whose values mean nothing); {@code hidden.weight}, {@code hidden.bias},
 * {@code output.weight}, {@code output.bias}. Without {@code merge.heads} fields are concatenated.
 *
 * <p>Embeddings of several domains of behaviour may be stacked: {@code domain.<b>.fields} names the fields of domain b
 * by their places, {@code domain.<b>.} precedes the names of its tensors. A user is then the domains' embeddings, each
 * scaled to length 1, side by side, zeros for a domain none of whose fields the user has; after them come as many
 * values as there are domains, 1 for a missing one and 0 for the others. Immutable, safe for use by several threads.
 */
public final class RepresentationModel {

    private static final double SMALLEST_NORM = 1e-12;

    private final List<DomainModel> domains = new ArrayList<>();
    private final List<int[]> fieldsOf = new ArrayList<>();
    private final boolean stacked;
    private final int fields;

    /**
     * Takes the tensors of a trained representation.
     *
     * @throws InvalidArtifactException if one is missing
     */
    public RepresentationModel(Map<String, Tensor> tensors) {
        this.stacked = tensors.containsKey(prefix(0) + "fields");
        for (int domain = 0; tensors.containsKey(prefix(domain) + "fields"); domain++) {
            fieldsOf.add(places(tensors.get(prefix(domain) + "fields")));
            domains.add(new DomainModel(ofDomain(tensors, prefix(domain))));
            checkPlaces(domain);
        }
        if (stacked == false) {
            DomainModel only = new DomainModel(tensors);
            domains.add(only);
            fieldsOf.add(IntStream.range(0, only.fields()).toArray());
        }
        this.fields = 1 + fieldsOf.stream().flatMapToInt(IntStream::of).max().orElseThrow();
    }

    /**
     * The tensors of stacked embeddings.
     *
     * @param domains the tensors of each domain
     * @param fields the places of each domain's fields among all
     */
    public static Map<String, Tensor> stack(List<Map<String, Tensor>> domains, List<int[]> fields) {
        Map<String, Tensor> stacked = new LinkedHashMap<>();
        for (int domain = 0; domain < domains.size(); domain++) {
            String prefix = prefix(domain);
            float[] places = new float[fields.get(domain).length];
            for (int i = 0; i < places.length; i++) {
                places[i] = fields.get(domain)[i];
            }
            stacked.put(prefix + "fields", Tensor.vector(places));
            domains.get(domain).forEach((name, tensor) -> stacked.put(prefix + name, tensor));
        }
        return stacked;
    }

    /** The width N of the embeddings. */
    public int dimension() {
        int width = domains.stream().mapToInt(DomainModel::dimension).sum();
        return stacked ? width + domains.size() : width;
    }

    /**
     * Embeds a batch of users.
     *
     * @param fields the users' fields, in the order of the tables
     * @return users × N
     */
    public DMatrixRMaj embed(List<FieldRows> fields) {
        if (stacked ? fields.size() < this.fields : fields.size() != this.fields) {
            throw new IllegalArgumentException(
                    "the model has " + this.fields + " fields, but " + fields.size() + " are given");
        }
        return stacked ? stacked(fields) : domains.get(0).embed(fields);
    }

    /**
     * The attention weights of the fields for one user: as many values a head as fields are given and, last, the default
     * row's; the heads of all domains, none where fields are concatenated.
     */
    public double[][] fieldWeights(List<FieldRows> fields, int user) {
        List<double[]> heads = new ArrayList<>();
        for (int domain = 0; domain < domains.size(); domain++) {
            int[] places = fieldsOf.get(domain);
            for (double[] weights : domains.get(domain).fieldWeights(select(fields, places), user)) {
                double[] all = new double[fields.size() + 1];
                for (int i = 0; i < places.length; i++) {
                    all[places[i]] = weights[i];
                }
                all[fields.size()] = weights[places.length];
                heads.add(all);
            }
        }
        return heads.toArray(double[][]::new);
    }

    private DMatrixRMaj stacked(List<FieldRows> fields) {
        int users = fields.get(0).users();
        DMatrixRMaj embeddings = new DMatrixRMaj(users, dimension());
        int at = 0;
        for (int domain = 0; domain < domains.size(); domain++) {
            List<FieldRows> own = select(fields, fieldsOf.get(domain));
            DMatrixRMaj block = domains.get(domain).embed(own);
            int mask = embeddings.numCols - domains.size() + domain;
            for (int user = 0; user < users; user++) {
                int row = user;
                if (own.stream().anyMatch(field -> field.present(row))) {
                    DMatrixRMaj vector = CommonOps_DDRM.extractRow(block, user, null);
                    CommonOps_DDRM.divide(vector, Math.max(NormOps_DDRM.normF(vector), SMALLEST_NORM));
                    CommonOps_DDRM.insert(vector, embeddings, user, at);
                } else {
                    embeddings.set(user, mask, 1);
                }
            }
            at += block.numCols;
        }
        return embeddings;
    }

    private static String prefix(int domain) {
        return "domain." + domain + ".";
    }

    private static int[] places(Tensor tensor) {
        int[] places = new int[tensor.values().length];
        for (int i = 0; i < places.length; i++) {
            places[i] = (int) tensor.values()[i];
        }
        return places;
    }

    private void checkPlaces(int domain) {
        int[] places = fieldsOf.get(domain);
        int expected = domains.get(domain).fields();
        if (places.length != expected || IntStream.of(places).anyMatch(place -> place < 0)) {
            throw new InvalidArtifactException("representation: tensor [" + prefix(domain) + "fields] must name "
                    + expected + " fields by their places, but is " + Arrays.toString(places));
        }
    }

    private static Map<String, Tensor> ofDomain(Map<String, Tensor> tensors, String prefix) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), tensor);
            }
        });
        return own;
    }

    private static List<FieldRows> select(List<FieldRows> fields, int[] places) {
        return IntStream.of(places).mapToObj(fields::get).toList();
    }
}
