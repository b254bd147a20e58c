package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class InstalledPluginIT {
    @Test
    void standsBesideKnn(Rest rest) {
        assertEquals(List.of("opensearch-knn", "opensearch-ralm"), rest.plugins());
    }
}
