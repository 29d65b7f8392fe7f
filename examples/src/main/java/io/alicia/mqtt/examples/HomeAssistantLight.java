package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.entity.LightCommand;
import io.alicia.mqtt.homeassistant.entity.LightState;
import io.alicia.mqtt.homeassistant.live.LiveDevice;
import io.alicia.mqtt.homeassistant.live.LiveEntity;
import io.alicia.mqtt.homeassistant.live.RemoteEntity;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.Brightness;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;

/** A lamp in Home Assistant, in ten lines; then somebody who reads what is announced uses it. */
public final class HomeAssistantLight {

    private HomeAssistantLight() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt alicia = broker.connect("alicia");
                AliciaMqtt user = broker.connect("alicia")) {
            LiveDevice hall = alicia.homeAssistant()
                    .device(
                            "hall",
                            Device.builder().addIdentifiers("hall").name("Hall").build());
            LiveEntity lamp = hall.light("lamp", light -> light.name("Lamp").brightness(true));
            Disposable told = lamp.commands(LightCommand.class)
                    .map(command -> LightState.builder()
                            .on(command.on().orElse(true))
                            .brightness(command.brightness())
                            .build())
                    .flatMapCompletable(lamp::publish)
                    .subscribe();
            alicia.subscribed().andThen(hall.announce()).blockingAwait();

            RemoteEntity seen = user.homeAssistant()
                    .discovered()
                    .ofType(DiscoveryChange.Appeared.class)
                    .map(appeared -> user.homeAssistant().entity(appeared.component(), TemplateEngine.jinja()))
                    .timeout(5, TimeUnit.SECONDS)
                    .blockingFirst();
            System.out.println("There is a " + seen.discovered().component().component());
            seen.send(LightCommand.builder()
                            .on(true)
                            .brightness(Brightness.percent(40))
                            .build())
                    .blockingAwait();
            LightState state = seen.states()
                    .ofType(LightState.class)
                    .timeout(5, TimeUnit.SECONDS)
                    .blockingFirst();
            System.out.println(
                    "It is on at " + state.brightness().map(Brightness::percent).orElse(0) + " %");
            told.dispose();
        }
    }
}
