package io.alicia.mqtt.testkit.device;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandNames;
import io.alicia.mqtt.payload.PowerState;
import io.reactivex.rxjava3.core.Completable;

/**
 * A bulb: {@code turn_on}, {@code turn_off}, {@code toggle} and {@code set_brightness}, answered, and its status retained.
 *
 * <pre>{@code
 * FakeBulb hall = FakeBulb.start(broker.connect("esp32_device"), "hall");
 * app.devices().light("hall").turnOn(Brightness.percent(75)).blockingGet();
 * assertThat(hall.isOn()).isTrue();
 * }</pre>
 */
public final class FakeBulb extends FakeDevice {

    private boolean on;
    private Brightness brightness = Brightness.FULL;

    private FakeBulb(AliciaMqtt client, String deviceId) {
        super(client, deviceId);
    }

    /** A bulb that is off, listens, and has told so when this returns. */
    public static FakeBulb start(AliciaMqtt client, String deviceId) {
        FakeBulb bulb = new FakeBulb(client, deviceId);
        bulb.begin();
        return bulb;
    }

    /** Whether it shines. */
    public synchronized boolean isOn() {
        return on;
    }

    /** How brightly it shines when it is on. */
    public synchronized Brightness brightness() {
        return brightness;
    }

    @Override
    synchronized boolean carryOut(Command command) {
        switch (command.name()) {
            case CommandNames.TURN_ON, CommandNames.SET_BRIGHTNESS -> on = true;
            case CommandNames.TURN_OFF -> on = false;
            case CommandNames.TOGGLE -> on = !on;
            default -> {
                return false;
            }
        }
        command.brightness().ifPresent(wanted -> brightness = wanted);
        return true;
    }

    @Override
    Completable publishStatus() {
        BulbStatus status;
        synchronized (this) {
            status = BulbStatus.builder()
                    .deviceId(deviceId())
                    .deviceType(BulbStatus.DEVICE_TYPE)
                    .state(on ? PowerState.ON : PowerState.OFF)
                    .brightnessPercent(brightness.percent())
                    .build();
        }
        return client().devices().publish(status);
    }
}
