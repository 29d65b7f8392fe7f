package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.topic.DeviceId;
import java.util.concurrent.TimeUnit;

/** Who comes late gets the retained state at once, then what changes. */
public final class LateJoiner {

    private LateJoiner() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt bulb = broker.connect("esp32_device")) {
            bulb.devices()
                    .publish(BulbStatus.builder()
                            .deviceId(DeviceId.of("hall_bulb"))
                            .state(PowerState.ON)
                            .brightnessPercent(75)
                            .build())
                    .blockingAwait();

            try (AliciaMqtt lateJoiner = broker.connect("mobile_app")) {
                lateJoiner
                        .devices()
                        .status("hall_bulb")
                        .ofType(BulbStatus.class)
                        .timeout(5, TimeUnit.SECONDS)
                        .take(1)
                        .blockingForEach(status -> System.out.println("The hall bulb is at "
                                + status.brightnessPercent().orElseThrow() + " %"));
            }
        }
    }
}
