package org.opensearch.ralm.plugin.score;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.KMeans;

/**
 * The members of a query or the parameters of a script, or those of an object among them. Every refusal names the
 * member, its value and what was expected.
 */
final class RequestMembers {

    private final String prefix;
    private final Map<?, ?> members;

    private RequestMembers(String prefix, Map<?, ?> members) {
        this.prefix = prefix;
        this.members = members;
    }

    static RequestMembers of(Map<String, Object> members) {
        return new RequestMembers("", members);
    }

    /** The members of an object; null if it is not there. */
    RequestMembers object(String name) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> object) {
            return new RequestMembers(prefix + name + ".", object);
        }
        throw fault(name, "an object", value);
    }

    /**
     * Refuses members that are not known.
     *
     * @param expected which are, in words
     */
    void requireKnown(Set<String> known, String expected) {
        for (Object name : members.keySet()) {
            if (known.contains(name) == false) {
                throw new IllegalArgumentException(
                        "[" + prefix + shown(name) + "] is not a known member of [ralm_score], expected " + expected);
            }
        }
    }

    /** A value as it is; null if it is not there. */
    Object value(String name) {
        return members.get(name);
    }

    /** A string; null if it is not there. */
    String text(String name) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        boolean number = name.equals("user_id") && (value instanceof Integer || value instanceof Long);
        String text = value instanceof String || number ? value.toString() : "";
        if (text.isEmpty() || text.length() > 512) {
            throw fault(name, "a string of 1 to 512 characters", value);
        }
        return text;
    }

    /** A number that weighs something; null if it is not there. */
    Double weight(String name) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        double weight = value instanceof Number number ? number.doubleValue() : Double.NaN;
        if ((weight >= 0 && weight <= 1e6) == false) {
            throw fault(name, "a number from 0 to 1000000", value);
        }
        return weight;
    }

    /** The choice whose text the value is; the first if it is not there. */
    <E extends Enum<E>> E choice(String name, E[] choices) {
        Object value = members.get(name);
        if (value == null) {
            return choices[0];
        }
        for (E choice : choices) {
            if (choice.toString().equals(value)) {
                return choice;
            }
        }
        throw fault(name, "one of " + Arrays.toString(choices), value);
    }

    /** A vector of finite numbers, not too long to compute with; null if it is not there. */
    float[] vector(String name) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> == false) {
            throw fault(name, "an array of numbers", value);
        }
        List<?> numbers = (List<?>) value;
        if (numbers.isEmpty() || numbers.size() > SeedBlock.MAX_DIMENSION) {
            throw new IllegalArgumentException("[" + prefix + name + "] must hold 1 to " + SeedBlock.MAX_DIMENSION
                    + " numbers, but holds " + numbers.size());
        }
        float[] vector = new float[numbers.size()];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = numbers.get(d) instanceof Number number ? number.floatValue() : Float.NaN;
            if (Float.isFinite(vector[d]) == false) {
                throw new IllegalArgumentException("[" + prefix + name + "] must hold finite numbers, but holds ["
                        + shown(numbers.get(d)) + "] at " + d);
            }
        }
        double length = KMeans.length(vector);
        if ((length < KMeans.MAX_LENGTH) == false) {
            throw new IllegalArgumentException(
                    "[" + prefix + name + "] must be shorter than " + KMeans.MAX_LENGTH + ", but has length " + length);
        }
        return vector;
    }

    /** A value as it may be shown in a message: not more than its beginning. */
    static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 64 ? text : text.substring(0, 64) + "… (" + text.length() + " characters)";
    }

    private IllegalArgumentException fault(String name, String expected, Object value) {
        return new IllegalArgumentException(
                "[" + prefix + name + "] must be " + expected + ", but is [" + shown(value) + "]");
    }
}
