package io.alicia.mqtt.testkit;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.broker.EmbeddedBroker;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Starts brokers for {@link MqttTest} and resolves parameters. Without state of its own: brokers live in the store of the
 * class or of the method, which closes them.
 */
final class MqttExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(MqttExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (AnnotatedClass.around(context).annotation().broker() == BrokerPer.CLASS) {
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
        GivenParameters given = given(broker, context);
        if (type == MessageProbe.class) {
            return given.probe();
        }
        return given.client(parameter.findAnnotation(As.class).map(As::value).orElseThrow(IllegalStateException::new));
    }

    /** The broker of the class or of the method, started at the first call. */
    private static TestBroker broker(ExtensionContext context) {
        AnnotatedClass annotated = AnnotatedClass.around(context);
        ExtensionContext owner = annotated.ownerOfBroker(context);
        // A store asks those around it as well: a broker is found under the name of its owner alone.
        return owner.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        "broker of " + owner.getUniqueId(),
                        key -> new RunningBroker(TestBroker.start(ReflectionSupport.newInstance(
                                        annotated.annotation().policy())
                                .policy())),
                        RunningBroker.class)
                .broker();
    }

    private static GivenParameters given(TestBroker broker, ExtensionContext context) {
        boolean withBroker = AnnotatedClass.around(context)
                .ownerOfBroker(context)
                .getUniqueId()
                .equals(context.getUniqueId());
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        "given to " + context.getUniqueId(),
                        key -> new GivenParameters(broker, withBroker),
                        GivenParameters.class);
    }

    /** What the store closes. */
    private record RunningBroker(TestBroker broker) implements AutoCloseable {
        @Override
        public void close() {
            broker.close();
        }
    }
}
