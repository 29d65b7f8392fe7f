package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Measurement;
import io.alicia.mqtt.payload.PowerState;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.concurrent.TimeUnit;

/** An automation: motion in the hall turns the hall light on. */
public final class MotionLight {

    private MotionLight() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt esp32 = broker.connect("esp32_device");
                AliciaMqtt automation = broker.connect("alicia")) {
            CompositeDisposable running = new CompositeDisposable();
            CompletableSubject lightIsOn = CompletableSubject.create();
            running.add(esp32.devices().light("hall").onCommand(command -> {
                System.out.println("The hall light is told to " + command.name());
                lightIsOn.onComplete();
                return Single.just(CommandResult.builder().success(true).build());
            }));
            running.add(automation
                    .sensors()
                    .measurements("hall", "motion")
                    .filter(motion ->
                            motion.state().filter(PowerState.ON::equals).isPresent())
                    .concatMapCompletable(
                            motion -> automation.devices().light("hall").send(Command.turnOn()))
                    .subscribe());
            esp32.subscribed().andThen(automation.subscribed()).blockingAwait();

            esp32.sensors()
                    .publish("hall", "motion", Measurement.of(PowerState.ON))
                    .blockingAwait();

            lightIsOn.timeout(5, TimeUnit.SECONDS).blockingAwait();
            running.dispose();
        }
    }
}
