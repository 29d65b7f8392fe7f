package io.alicia.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.live.HomeAssistantOptions;
import io.alicia.mqtt.homeassistant.live.LiveDevice;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.payload.ServiceRegistration;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** A client that was given its policy is refused at once what it could never say of its coming and going. */
class PolicyTest {

    private static final Will WILL = new Will(ApplicationMessage.builder()
            .topic(TopicName.of("alicia/lamps/gone"))
            .payload(BinaryData.ofUtf8("attic"))
            .build());

    private final FakeTransport transport = new FakeTransport();

    private AliciaMqttClientBuilder lamp(String... mayPublish) {
        AccessPolicy policy =
                AccessPolicy.builder().account("lamp").mayPublish(mayPublish).build();
        return AliciaMqttClient.builder()
                .server("mqtt://house")
                .account("lamp", "secret")
                .clientIdentifier("attic")
                .transport(transport.provider())
                .policy(policy);
    }

    @Test
    void a_will_that_the_policy_forbids_is_refused_with_the_rule() {
        AliciaMqttClientBuilder lamp = lamp("alicia/lamps/here").will(WILL);

        assertThatIllegalStateException()
                .isThrownBy(lamp::build)
                .withMessageStartingWith(
                        "the client's policy forbids its Will: denied PUBLISH alicia/lamps/gone by lamp")
                .withMessageContaining("nearest: `topic write alicia/lamps/here`");
        assertThatIllegalStateException().isThrownBy(lamp::connect);
        lamp.connectAsync().test().assertError(IllegalStateException.class);
        assertThat(transport.attempts).isEmpty();
    }

    @Test
    void so_is_a_presence_of_which_the_policy_forbids_the_birth_or_the_end() {
        Presence lamps = Presence.ofDevice("attic");
        Presence service = Presence.ofService(
                ServiceRegistration.builder().serviceName("lamps").build());

        assertThatIllegalStateException()
                .isThrownBy(lamp("alicia/devices/hall/availability").presence(lamps)::build)
                .withMessageContaining("denied PUBLISH alicia/devices/attic/availability");
        assertThatIllegalStateException()
                .isThrownBy(lamp("alicia/system/discovery/register").presence(service)::build)
                .withMessageContaining("denied PUBLISH alicia/system/discovery/unregister");
        assertThatIllegalStateException()
                .isThrownBy(lamp("alicia/system/discovery/unregister").presence(service)::build)
                .withMessageStartingWith("the client's policy forbids its presence:")
                .withMessageContaining("denied PUBLISH alicia/system/discovery/register");
    }

    @Test
    void so_is_the_availability_that_home_assistant_is_told() {
        HomeAssistantOptions options = HomeAssistantOptions.builder()
                .origin(Origin.builder().name("lamp").build())
                .availabilityTopic(TopicName.of("lamps/attic/availability"))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(lamp("homeassistant/#").homeAssistant(options)::build)
                .withMessageContaining("denied PUBLISH lamps/attic/availability");
    }

    @Test
    void what_the_policy_allows_is_said() {
        AliciaMqttClientBuilder lamp = lamp("alicia/lamps/gone", "alicia/devices/attic/availability")
                .presence(Presence.ofDevice("attic"))
                .will(WILL);

        try (AliciaMqtt started = lamp.start()) {
            transport.awaitAttempt();

            assertThat(transport.lastAttempt().request().will())
                    .as("in place of the presence's")
                    .contains(WILL);
            assertThat(started.connectionState()).isNotNull();
        }
    }

    @Test
    void a_device_is_announced_with_a_warning_where_the_policy_keeps_the_client_from_its_topics() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        try (AliciaMqtt lamp = lamp("homeassistant/#").start()) {
            LiveDevice attic = lamp.homeAssistant()
                    .device("attic", Device.builder().addIdentifiers("attic").build());
            attic.light("lamp", light -> light);
            System.setErr(new PrintStream(log, true, UTF_8));

            attic.announce().test().dispose();
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(UTF_8))
                .contains("device attic is announced, but: the client's policy keeps it from topics of its entities")
                .contains("denied PUBLISH alicia/entities/attic/lamp/state by lamp (client attic)")
                .contains("denied RECEIVE alicia/entities/attic/lamp/set by lamp (client attic)");
    }
}
