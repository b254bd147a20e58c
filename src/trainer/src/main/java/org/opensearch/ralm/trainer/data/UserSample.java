package org.opensearch.ralm.trainer.data;

import java.util.Locale;

/** Picks users by a hash of their ids. */
final class UserSample {

    private UserSample() {}

    static Dataset of(Dataset dataset, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("[sample] must be above 0 and at most 1, got " + share);
        }
        if (share == 1) {
            return dataset;
        }
        Vocabulary users = dataset.users();
        String name = String.format(Locale.ROOT, "%s, %s of the users", dataset.name(), share);
        Dataset sample = new Subset(dataset, user -> uniform(users.name(user)) < share, item -> true).dataset(name);
        if (sample.events().size() == 0) {
            throw new IllegalArgumentException("[sample] is " + share + ", which leaves no click of the "
                    + dataset.events().size() + " of [" + dataset.name() + "]");
        }
        return sample;
    }

    /** A number in [0, 1) that looks random but is the id's own: FNV-1a over its characters, mixed as by SplitMix64. */
    static double uniform(String id) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return ((hash ^ hash >>> 31) >>> 11) * 0x1p-53;
    }
}
