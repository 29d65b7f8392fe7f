package io.alicia.mqtt;

import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.LightColor;
import io.reactivex.rxjava3.core.Single;

/** A lamp. Each method is a {@link #command}, with its threads and failures. */
public interface Light extends Device {

    /** Switches it on, as bright as it was. */
    default Single<CommandResult> turnOn() {
        return command(Command.turnOn());
    }

    /** Switches it on with a brightness. */
    default Single<CommandResult> turnOn(Brightness brightness) {
        return command(Command.turnOn(brightness));
    }

    /** Switches it off. */
    default Single<CommandResult> turnOff() {
        return command(Command.turnOff());
    }

    /** Switches it over. */
    default Single<CommandResult> toggle() {
        return command(Command.toggle());
    }

    /** Changes how bright it is. */
    default Single<CommandResult> setBrightness(Brightness brightness) {
        return command(Command.setBrightness(brightness));
    }

    /** Changes its colour. */
    default Single<CommandResult> setColor(LightColor color) {
        return command(Command.setColor(color));
    }
}
