package org.opensearch.ralm.trainer.config;

import java.util.function.DoublePredicate;
import org.opensearch.ralm.trainer.yaml.YamlNode;

/**
 * The options of a section, each with the value it has if the section does not say another.
 *
 * @param section a mapping
 */
record Setting(YamlNode section) {

    int whole(String key, int otherwise, int least, int most) {
        return section.optional(key).map(node -> node.within(least, most)).orElse(otherwise);
    }

    double number(String key, double otherwise, DoublePredicate allowed, String expected) {
        return section.optional(key).map(node -> node.number(allowed, expected)).orElse(otherwise);
    }

    double positive(String key, double otherwise) {
        return number(key, otherwise, value -> value > 0, "a number above 0");
    }

    double notNegative(String key, double otherwise) {
        return number(key, otherwise, value -> value >= 0, "a number of 0 or more");
    }

    /** A share below 1. */
    double share(String key, double otherwise) {
        return number(key, otherwise, value -> value >= 0 && value < 1, "a share from 0 to less than 1");
    }

    boolean flag(String key, boolean otherwise) {
        return section.optional(key).map(YamlNode::bool).orElse(otherwise);
    }

    <E extends Enum<E>> E choice(String key, Class<E> choices, E otherwise) {
        return section.optional(key).map(node -> node.oneOf(choices)).orElse(otherwise);
    }
}
