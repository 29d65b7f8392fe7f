package io.alicia.mqtt.testkit;

import java.util.Optional;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The innermost class with {@link MqttTest} around a test.
 *
 * @param annotation what it says
 * @param context of the class
 */
record AnnotatedClass(MqttTest annotation, ExtensionContext context) {

    static AnnotatedClass around(ExtensionContext test) {
        for (ExtensionContext current = classOf(test); ; ) {
            Optional<MqttTest> annotation =
                    current.getTestClass().flatMap(type -> AnnotationSupport.findAnnotation(type, MqttTest.class));
            if (annotation.isPresent()) {
                return new AnnotatedClass(annotation.get(), current);
            }
            current = current.getParent()
                    .orElseThrow(() -> new ExtensionConfigurationException(
                            test.getRequiredTestClass() + " is not annotated with @MqttTest"));
        }
    }

    /** With what the broker that {@code asking} sees ends: with this class, or with the test method. */
    ExtensionContext ownerOfBroker(ExtensionContext asking) {
        if (annotation.broker() == BrokerPer.CLASS) {
            return context;
        }
        if (asking.getTestMethod().isEmpty()) {
            boolean perClass = asking.getTestInstanceLifecycle()
                    .filter(TestInstance.Lifecycle.PER_CLASS::equals)
                    .isPresent();
            throw new ExtensionConfigurationException(
                    "a broker for each method is not there yet in "
                            + (perClass ? "the constructor or @BeforeAll" : "@BeforeAll") + " of "
                            + asking.getDisplayName()
                            + ": write @MqttTest(broker = BrokerPer.CLASS), or take the parameter in @BeforeEach or in the test");
        }
        return asking;
    }

    private static ExtensionContext classOf(ExtensionContext test) {
        ExtensionContext current = test;
        while (current.getTestMethod().isPresent()) {
            current = current.getParent().orElseThrow(IllegalStateException::new);
        }
        return current;
    }
}
