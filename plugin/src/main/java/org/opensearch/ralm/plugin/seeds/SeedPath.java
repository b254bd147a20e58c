package org.opensearch.ralm.plugin.seeds;

import java.util.HashMap;
import java.util.Map;

/** Finds the object that holds the seed block in a document, wherever a feed keeps it. */
public final class SeedPath {

    private SeedPath() {}

    /**
     * The object a field lies in.
     *
     * @param field the path of the block, whose last step is {@value SeedObject#SEEDS}
     * @return null if the document has no such object, or the path ends otherwise
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Map<String, Object> source, String field) {
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

    /** Takes the object a field lies in out of a document; says whether it was there. */
    public static boolean remove(Map<String, Object> source, String field) {
        String[] steps = field.split("\\.");
        Map<String, Object> object = object(source, field);
        if (object == null || steps.length < 2) {
            return false;
        }
        int parent = field.lastIndexOf('.', field.lastIndexOf('.') - 1);
        Map<String, Object> within = parent < 0 ? source : object(source, field.substring(0, parent) + ".seeds");
        return within.remove(steps[steps.length - 2]) != null;
    }

    /** The object a field lies in, made if the document has none. */
    public static Map<String, Object> objectOf(Map<String, Object> source, String field) {
        Map<String, Object> at = source;
        String[] steps = field.split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            at = child(at, steps[i]);
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        Object child = parent.computeIfAbsent(name, absent -> new HashMap<String, Object>());
        if (child instanceof Map<?, ?> == false) {
            throw new IllegalArgumentException("[" + name + "] must be an object, to hold a seed block");
        }
        return (Map<String, Object>) child;
    }
}
