package io.alicia.mqtt;

import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.reactivex.rxjava3.core.Single;

/** A loudspeaker. Each method is a {@link #command}, with its threads and failures. */
public interface Speaker extends Device {

    /**
     * Changes how loud it is.
     *
     * @param percent in %, 0 to 100
     * @throws IllegalArgumentException if it is out of that range
     */
    default Single<CommandResult> setVolume(int percent) {
        return command(Command.setVolume(percent));
    }

    /** Plays. */
    default Single<CommandResult> play() {
        return command(Command.play());
    }

    /** Plays the audio at {@code audioUrl}. */
    default Single<CommandResult> play(String audioUrl) {
        return command(Command.playAudio(audioUrl));
    }

    /** Pauses. */
    default Single<CommandResult> pause() {
        return command(Command.pause());
    }

    /** Stops. */
    default Single<CommandResult> stop() {
        return command(Command.stop());
    }

    /** Goes to the next title. */
    default Single<CommandResult> next() {
        return command(Command.next());
    }

    /** Goes to the previous title. */
    default Single<CommandResult> previous() {
        return command(Command.previous());
    }

    /** Says {@code message}. */
    default Single<CommandResult> announce(String message) {
        return command(Command.announce(message));
    }
}
