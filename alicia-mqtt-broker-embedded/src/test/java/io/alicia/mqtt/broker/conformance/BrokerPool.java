package io.alicia.mqtt.broker.conformance;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One broker of each kind and setup for all cases; stopped when the last test is over. */
final class BrokerPool implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(BrokerPool.class);

    private record Key(BrokerKind kind, Setup setup) {}

    private ExtensionContext.@Nullable Store store;

    @Override
    public void beforeAll(ExtensionContext context) {
        store = context.getRoot().getStore(NAMESPACE);
    }

    BrokerUnderTest get(BrokerKind kind, Setup setup) {
        return Objects.requireNonNull(store)
                .getOrComputeIfAbsent(new Key(kind, setup), key -> kind.start(setup), BrokerUnderTest.class);
    }
}
