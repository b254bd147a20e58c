package org.opensearch.ralm.plugin.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks each of the indices that documents are sent to once, however many documents there are. For one thread. */
public final class CheckedIndices {

    private final Consumer<String> check;
    private final Map<String, Optional<IllegalArgumentException>> faults = new HashMap<>();

    /**
     * @param check refuses, with an {@link IllegalArgumentException}, the name of an index that does not fit
     */
    public CheckedIndices(Consumer<String> check) {
        this.check = check;
    }

    /**
     * Checks an index, or says again what was wrong with it.
     *
     * @throws IllegalArgumentException if the index does not fit
     */
    public void require(String index) {
        Optional<IllegalArgumentException> fault = faults.computeIfAbsent(index, this::fault);
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    private Optional<IllegalArgumentException> fault(String index) {
        try {
            check.accept(index);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e);
        }
    }
}
