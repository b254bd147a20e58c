package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The definition of a role, as the security plugin wants it. Immutable. */
record Role(ObjectNode definition) {

    /** A role that allows nothing on indices yet. */
    static Role of(String... clusterPermissions) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        List.of(clusterPermissions).forEach(definition.putArray("cluster_permissions")::add);
        definition.putArray("index_permissions");
        return new Role(definition);
    }

    /** The same with more rights. */
    Role with(String index, String... actions) {
        return withPart(index, null, null, actions);
    }

    /**
     * The same with rights on a part of an index.
     *
     * @param documents the query of the documents that can be seen; null for all
     * @param field a field that cannot be seen; null for none
     */
    Role withPart(String index, String documents, String field, String... actions) {
        ObjectNode copy = definition.deepCopy();
        ObjectNode added = copy.withArray("index_permissions").addObject();
        added.putArray("index_patterns").add(index);
        List.of(actions).forEach(added.putArray("allowed_actions")::add);
        if (documents != null) {
            added.put("dls", documents);
        }
        if (field != null) {
            added.putArray("fls").add("~" + field);
        }
        return new Role(copy);
    }
}
