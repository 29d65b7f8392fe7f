package io.alicia.mqtt.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a broker with the standard accounts of an Alicia house, and fills their parameters.
 *
 * <pre>{@code
 * @MqttTest
 * class HallLightTest {
 *     @Test
 *     void turns_on(@As("mobile_app") AliciaMqtt app, MessageProbe probe) {
 *         app.commands().send("hall", Command.turnOn()).blockingAwait();
 *
 *         probe.awaits("alicia/commands/hall");
 *     }
 * }
 * }</pre>
 *
 * <table>
 *   <caption>Parameters of tests, life-cycle methods and constructors</caption>
 *   <tr><th>type</th><th>what it is</th></tr>
 *   <tr><td>{@link TestBroker}</td><td>the broker, its address, passwords and policy</td></tr>
 *   <tr><td>{@link io.alicia.mqtt.broker.EmbeddedBroker}</td><td>the same broker as its users see it</td></tr>
 *   <tr><td>{@link io.alicia.mqtt.AliciaMqtt} with {@link As}</td><td>a client that is connected as an account</td></tr>
 *   <tr><td>{@link MessageProbe}</td><td>the test's own: records all messages of the broker from the moment that the parameter is filled, those retained then included; one for {@code @BeforeEach} and the test</td></tr>
 * </table>
 *
 * <p>Clients and probes are closed after the test that they were given to, those of a constructor or {@code @BeforeAll} after
 * the class; the broker after the test, or after the class with {@link BrokerPer#CLASS}. A {@code @Nested} class shares the
 * broker of the class around it; annotated itself, it has its own policy and its own broker. Classes and methods may run in
 * parallel: nothing is shared but what belongs to the class. May stand on another annotation, and is inherited.
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(MqttExtension.class)
@SuppressWarnings("exports") // JUnit makes the extension and the default policy by reflection, users never name them
public @interface MqttTest {

    /** How long a broker lives; default {@link BrokerPer#METHOD}. */
    BrokerPer broker() default BrokerPer.METHOD;

    /** Gives the broker another policy than the standard one of the house; needs a constructor without parameters. */
    Class<? extends TestPolicy> policy() default StandardTestPolicy.class;
}
