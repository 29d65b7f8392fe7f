package io.alicia.mqtt.broker.conformance;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Says in a failure which broker it was: reports leave out the parameters of a class. */
final class NamesTheBroker implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        if (thrown instanceof TestAbortedException) {
            throw thrown;
        }
        String broker = context.getTestInstance()
                .filter(ConformanceTest.class::isInstance)
                .map(instance -> ((ConformanceTest) instance).kind.name())
                .orElse("no broker");
        throw new AssertionError(broker + ", " + context.getDisplayName() + ": " + thrown.getMessage(), thrown);
    }
}
