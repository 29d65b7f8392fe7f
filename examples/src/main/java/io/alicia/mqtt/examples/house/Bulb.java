package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.LightColor;
import io.alicia.mqtt.payload.PowerState;
import io.alicia.mqtt.topic.DeviceId;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A bulb: carries out commands from either of its topics, answers, and tells its status. */
final class Bulb implements AutoCloseable {

    private static final double WATTS_AT_FULL_BRIGHTNESS = 9.0;

    private final AliciaMqtt alicia;
    private final DeviceId deviceId;
    private final InstantSource clock;
    private final Narrator narrator;
    private final CompositeDisposable commands = new CompositeDisposable();
    private final Object turn = new Object();
    private Lamp lamp = new Lamp(PowerState.OFF, Brightness.FULL, LightColor.WARM_WHITE);

    Bulb(AliciaMqtt alicia, String deviceId, InstantSource clock, Narrator narrator) {
        this.alicia = alicia;
        this.deviceId = DeviceId.of(deviceId);
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Listens for commands and tells its status; that it is there its connection tells. */
    Completable starts() {
        commands.add(alicia.devices().device(deviceId.value()).onCommand(this::carryOut));
        commands.add(alicia.commands().onCommand(deviceId.value(), this::carryOut));
        return alicia.subscribed()
                .andThen(Completable.defer(() -> alicia.devices().publish(status(current()))));
    }

    private Single<CommandResult> carryOut(Command command) {
        narrator.tells(deviceId.value(), "is told to " + command.name());
        Lamp changed = change(command);
        if (changed == null) {
            return Single.just(CommandResult.builder()
                    .success(false)
                    .command(command.name())
                    .deviceId(deviceId)
                    .error("a bulb cannot " + command.name())
                    .build());
        }
        return alicia.devices()
                .publish(status(changed))
                .toSingleDefault(CommandResult.builder()
                        .success(true)
                        .command(command.name())
                        .deviceId(deviceId)
                        .build());
    }

    private Lamp current() {
        synchronized (turn) {
            return lamp;
        }
    }

    /** Commands of both topics come on threads of their own. */
    private @Nullable Lamp change(Command command) {
        synchronized (turn) {
            Lamp changed = lamp.after(command);
            if (changed != null) {
                lamp = changed;
            }
            return changed;
        }
    }

    private BulbStatus status(Lamp shining) {
        BulbStatus status = BulbStatus.builder()
                .deviceId(deviceId)
                .deviceType(BulbStatus.DEVICE_TYPE)
                .state(shining.state())
                .brightnessPercent(shining.brightness().percent())
                .color(shining.color())
                .powerConsumptionWatts(
                        shining.state() == PowerState.ON
                                ? WATTS_AT_FULL_BRIGHTNESS
                                        * shining.brightness().percent()
                                        / 100
                                : 0)
                .timestamp(clock.instant())
                .build();
        narrator.tells(
                deviceId.value(),
                "is "
                        + (shining.state() == PowerState.ON
                                ? "on at " + shining.brightness().percent() + " %"
                                : "off"),
                "alicia/devices/" + deviceId + "/status");
        return status;
    }

    /** Stops listening. */
    @Override
    public void close() {
        commands.dispose();
    }
}
