package io.alicia.mqtt.testkit;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.broker.EmbeddedBroker;
import java.util.Optional;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Starts brokers for {@link MqttTest} and resolves parameters. Without state of its own: brokers live in the store of the
 * class or of the method, which closes them.
 */
final class MqttExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(MqttExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        MqttTest annotation = annotation(context);
        if (annotation.broker() == BrokerPer.CLASS) {
            broker(context);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == AliciaMqtt.class) {
            if (!parameter.isAnnotated(As.class)) {
                throw new ExtensionConfigurationException("the parameter " + parameter.getParameter()
                        + " needs an account: write @As(\"mobile_app\") AliciaMqtt app");
            }
            return true;
        }
        if (parameter.isAnnotated(As.class)) {
            throw new ExtensionConfigurationException(
                    "@As on " + parameter.getParameter() + ": only a parameter of type AliciaMqtt has an account");
        }
        return type == TestBroker.class || type == EmbeddedBroker.class || type == MessageProbe.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestBroker broker = broker(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == TestBroker.class) {
            return broker;
        }
        if (type == EmbeddedBroker.class) {
            return broker.broker();
        }
        if (type == MessageProbe.class) {
            return broker.probe();
        }
        String account = parameter.findAnnotation(As.class).map(As::value).orElseThrow(IllegalStateException::new);
        if (!broker.policy().accounts().contains(account)) {
            throw new ExtensionConfigurationException(
                    "@As(\"" + account + "\"): the policy has no such account, expected" + " one of "
                            + broker.policy().accounts());
        }
        return broker.connect(account);
    }

    /** The broker of the class or of the method, started at the first call. */
    private static TestBroker broker(ExtensionContext context) {
        MqttTest annotation = annotation(context);
        ExtensionContext owner =
                annotation.broker() == BrokerPer.CLASS ? classContext(context) : methodContext(context);
        return owner.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        RunningBroker.class,
                        key -> new RunningBroker(TestBroker.start(ReflectionSupport.newInstance(annotation.policy())
                                .policy())),
                        RunningBroker.class)
                .broker();
    }

    private static MqttTest annotation(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        while (type != null) {
            Optional<MqttTest> found = AnnotationSupport.findAnnotation(type, MqttTest.class);
            if (found.isPresent()) {
                return found.get();
            }
            type = type.getEnclosingClass();
        }
        throw new ExtensionConfigurationException(context.getRequiredTestClass() + " is not annotated with @MqttTest");
    }

    private static ExtensionContext methodContext(ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            boolean perClass = context.getTestInstanceLifecycle()
                    .filter(TestInstance.Lifecycle.PER_CLASS::equals)
                    .isPresent();
            throw new ExtensionConfigurationException(
                    "a broker for each method is not there yet in "
                            + (perClass ? "the constructor or @BeforeAll" : "@BeforeAll") + " of "
                            + context.getDisplayName()
                            + ": write @MqttTest(broker = BrokerPer.CLASS), or take the parameter in @BeforeEach or in the test");
        }
        return context;
    }

    private static ExtensionContext classContext(ExtensionContext context) {
        ExtensionContext current = context;
        while (current.getTestMethod().isPresent()) {
            Optional<ExtensionContext> parent = current.getParent();
            current = parent.orElseThrow(IllegalStateException::new);
        }
        return current;
    }

    /** What the store closes. */
    private record RunningBroker(TestBroker broker) implements AutoCloseable {
        @Override
        public void close() {
            broker.close();
        }
    }
}
