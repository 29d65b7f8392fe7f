package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.codec.AliciaCodecs;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.topic.DeviceId;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;

/** The app sets a speaker to a volume and sees in its status that it is so. */
public final class SpeakerVolume {

    private SpeakerVolume() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt speaker = broker.connect("sonos_speaker");
                AliciaMqtt app = broker.connect("mobile_app")) {
            DeviceId kitchen = DeviceId.of("sonos_kitchen");
            AliciaMessages messages = new AliciaMessages(AliciaCodecs.inUtc());
            Disposable listening = speaker.topic(messages.deviceCommand())
                    .onMessage(
                            kitchen,
                            received -> speaker.devices()
                                    .publish(SpeakerStatus.builder()
                                            .deviceId(kitchen)
                                            .volumePercent(
                                                    received.payload().payload().volumePercent())
                                            .build()));
            speaker.subscribed().blockingAwait();

            app.devices().speaker("sonos_kitchen").send(Command.setVolume(35)).blockingAwait();

            app.devices()
                    .status("sonos_kitchen")
                    .ofType(SpeakerStatus.class)
                    .timeout(5, TimeUnit.SECONDS)
                    .take(1)
                    .blockingForEach(status -> System.out.println(
                            "The speaker is at " + status.volumePercent().orElseThrow() + " %"));
            listening.dispose();
        }
    }
}
