package org.opensearch.ralm.plugin.seeds;

import java.util.Map;

/** Finds the object that holds the seed block in a document, wherever a feed keeps it. */
final class SeedPath {

    private SeedPath() {}

    /**
     * The object a field lies in.
     *
     * @param field the path of the block, whose last step is {@value SeedObject#SEEDS}
     * @return null if the document has no such object, or the path ends otherwise
     */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> source, String field) {
        String[] steps = field.split("\\.");
        if (steps[steps.length - 1].equals(SeedObject.SEEDS) == false) {
            return null;
        }
        Map<String, Object> at = source;
        for (int i = 0; i < steps.length - 1; i++) {
            if (at.get(steps[i]) instanceof Map<?, ?> child) {
                at = (Map<String, Object>) child;
            } else {
                return null;
            }
        }
        return at;
    }
}
