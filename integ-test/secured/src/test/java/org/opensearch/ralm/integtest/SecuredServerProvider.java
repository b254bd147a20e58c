package org.opensearch.ralm.integtest;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link SecuredServer} that all classes of a run share, started for the first that asks. */
final class SecuredServerProvider implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SecuredServerProvider.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SecuredServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SecuredServer.class, key -> start(), SecuredServer.class);
    }

    private static SecuredServer start() {
        try {
            return SecuredServer.start();
        } catch (Exception failure) {
            throw new AssertionError("the secured server has not started", failure);
        }
    }
}
