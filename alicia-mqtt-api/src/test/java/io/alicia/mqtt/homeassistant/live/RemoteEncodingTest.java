package io.alicia.mqtt.homeassistant.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alicia.mqtt.homeassistant.component.CameraEntity;
import io.alicia.mqtt.homeassistant.component.ImageEncoding;
import io.alicia.mqtt.homeassistant.component.ImageEntity;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Images of others, and texts in the encoding that they announce. */
class RemoteEncodingTest extends HomeAssistantFixture {

    private static final byte[] NO_UTF_8 = {(byte) 0xFF, (byte) 0xD8, 0, (byte) 0xFE, 10};

    @Test
    void images_come_as_the_bytes_that_they_are() {
        BinaryData jpeg = BinaryData.of(NO_UTF_8);
        LiveDevice door = home.device("door", HALL);
        LiveEntity camera = door.add(
                "camera",
                CameraEntity.builder()
                        .uniqueId("camera")
                        .topic(door.topics("camera").stateFilter())
                        .build());
        LiveEntity visitor = door.add(
                "visitor",
                ImageEntity.builder()
                        .uniqueId("visitor")
                        .imageTopic(door.topics("visitor").stateFilter())
                        .imageEncoding(ImageEncoding.B64)
                        .build());
        camera.publish(EntityState.of(jpeg)).blockingAwait();
        visitor.publish(EntityState.of(jpeg)).blockingAwait();

        assertThat(link.retained("alicia/entities/door/camera/state")
                        .orElseThrow()
                        .payload())
                .isEqualTo(jpeg);
        assertThat(link.retained("alicia/entities/door/visitor/state")
                        .orElseThrow()
                        .payload()
                        .toUtf8())
                .isEqualTo("/9gA/go=");
        remote("camera", "{\"t\":\"alicia/entities/door/camera/state\"}")
                .states()
                .test()
                .assertValues(EntityState.of(jpeg));
        assertThatIllegalArgumentException().isThrownBy(() -> camera.publish(EntityState.of("a text")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> door.sensor("s", sensor -> sensor).publish(EntityState.of(jpeg)));
    }

    @Test
    void an_image_in_base_64_that_is_none_is_unknown_and_the_reason_is_told() {
        RemoteEntity image = remote("image", "{\"img_t\":\"i\",\"img_e\":\"b64\"}");
        TestSubscriber<String> unreadable = image.unreadable().test();
        TestSubscriber<EntityState> states = image.states().test();
        link.others("i", "/9gA\n/go=\n", true);
        link.others("i", "/9gA/go", true);

        String reason = "the image is not in Base64: its padding is incorrect";
        states.assertValues(EntityState.of(BinaryData.of(NO_UTF_8)), new EntityState.Unknown(Optional.of(reason)));
        unreadable.assertValues("i: " + reason);
    }

    @Test
    void texts_are_read_and_said_in_the_encoding_of_the_component() {
        BinaryData grad = BinaryData.of(new byte[] {(byte) 0xB0, 'C'});
        RemoteEntity remote =
                remote("text", "{\"cmd_t\":\"x/set\",\"stat_t\":\"x\",\"encoding\":\"latin-1\",\"ret\":true}");
        TestSubscriber<EntityState> states = remote.states().test();
        LiveEntity own = home.device("hall", HALL)
                .add(
                        "own",
                        TextEntity.builder()
                                .uniqueId("own")
                                .encoding("latin-1")
                                .commandTopic(TopicName.of("x/set"))
                                .stateTopic(TopicFilter.of("x"))
                                .build());
        TestSubscriber<EntityCommand> commands = own.commands().test();
        own.publish(EntityState.of("°C")).blockingAwait();
        remote.send(new EntityCommand.SetText("°C")).blockingAwait();

        assertThat(link.retained("x").orElseThrow().payload()).isEqualTo(grad);
        assertThat(link.retained("x/set").orElseThrow().payload()).isEqualTo(grad);
        states.assertValues(EntityState.of("°C"));
        commands.assertValues(new EntityCommand.SetText("°C"));
        remote.send(new EntityCommand.SetText("→"))
                .test()
                .assertError(failure -> "there is no way to say \"→\" in latin-1".equals(failure.getMessage()));
    }

    @Test
    void a_payload_that_is_not_in_its_encoding_is_unreadable_and_the_reason_is_told() {
        assertUnreadable("", "s: the payload is not in utf-8");
        assertUnreadable(",\"encoding\":\"ascii\"", "s: the payload is not in ascii");
        assertUnreadable(",\"encoding\":\"\"", "s: with the encoding \"\" payloads are bytes and no text");
        assertUnreadable(",\"encoding\":\"klingon\"", "s: the encoding klingon is not known here");
    }

    private void assertUnreadable(String option, String reason) {
        link.others("homeassistant/sensor/x/config", "", true);
        RemoteEntity sensor = remote("sensor", "{\"stat_t\":\"s\"" + option + "}");
        TestSubscriber<String> unreadable = sensor.unreadable().test();
        TestSubscriber<EntityState> states = sensor.states().test();
        link.publish(ApplicationMessage.builder()
                        .topic(TopicName.of("s"))
                        .payload(BinaryData.of(NO_UTF_8))
                        .build())
                .blockingAwait();

        states.assertNoValues();
        unreadable.assertValues(reason);
    }
}
