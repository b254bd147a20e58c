package org.opensearch.ralm.integtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;

/**
 * Gives tests a {@link Rest} client of one node that all the classes of a run share: it is started for the first that
 * asks and stopped after the last. A test uses names of its own for what it stores.
 */
final class SharedCluster implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedCluster.class);

    /** Closed by JUnit when the run ends. */
    private record Running(LocalCluster cluster) implements AutoCloseable {
        static Running start() {
            try {
                return new Running(LocalCluster.start(ServerLayout.find(), Installation.cluster("shared")));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Rest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
        return new Rest(running.cluster().url());
    }
}
