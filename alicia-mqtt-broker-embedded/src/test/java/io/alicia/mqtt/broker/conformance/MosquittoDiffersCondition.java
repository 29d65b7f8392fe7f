package io.alicia.mqtt.broker.conformance;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a case against Mosquitto where it is known to differ, with the reason. */
final class MosquittoDiffersCondition implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        boolean againstMosquitto = context.getTestInstance()
                .filter(ConformanceTest.class::isInstance)
                .map(instance -> ((ConformanceTest) instance).kind == BrokerKind.MOSQUITTO)
                .orElse(false);
        if (againstMosquitto) {
            Assumptions.abort(context.getRequiredTestMethod()
                    .getAnnotation(MosquittoDiffers.class)
                    .value());
        }
    }
}
