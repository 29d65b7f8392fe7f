package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.CommandResult;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;

/** A bulb answers commands; whoever commands it gets the answer, correlated by MQTT 5, as a Single. */
public final class DeviceCommands {

    private DeviceCommands() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt bulb = broker.connect("esp32_device");
                AliciaMqtt home = broker.connect("alicia")) {
            Disposable answering = bulb.devices().device("kitchen").onCommand(command -> {
                System.out.println("The bulb is told to " + command.name());
                return Single.just(CommandResult.builder().success(true).build());
            });
            bulb.subscribed().blockingAwait();

            CommandResult result = home.devices()
                    .light("kitchen")
                    .turnOn(Brightness.percent(75))
                    .timeout(2, TimeUnit.SECONDS)
                    .blockingGet();
            System.out.println("The bulb answers: " + (result.success() ? "done" : "failed"));
            answering.dispose();
        }
    }
}
