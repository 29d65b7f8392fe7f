package io.alicia.mqtt.payload;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What a device or service is told to do: a name and arguments. The house's own commands have a method each; any other
 * passes through with its arguments.
 *
 * <p>On the wire a command has three forms (arguments side by side, arguments under {@code parameters}, and the older
 * Sonos topics); all are read as this type. {@link #additional()} holds what the bus form has beside {@code command} and
 * {@code parameters}.
 *
 * <p>Immutable and safe to share between threads.
 */
@PayloadStyle
@Value.Immutable
public abstract class Command implements JsonPayload {

    Command() {}

    /** {@return a builder; {@code name} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return a command without arguments}
     *
     * @param name its name
     */
    public static Command of(String name) {
        return builder().name(name).build();
    }

    /** {@return {@code turn_on}, as bright as the light was} */
    public static Command turnOn() {
        return of(CommandNames.TURN_ON);
    }

    /**
     * {@return {@code turn_on} with a brightness}
     *
     * @param brightness how bright
     */
    public static Command turnOn(Brightness brightness) {
        return with(CommandNames.TURN_ON, "brightness", JsonNumber.of(brightness.level()));
    }

    /** {@return {@code turn_off}} */
    public static Command turnOff() {
        return of(CommandNames.TURN_OFF);
    }

    /** {@return {@code toggle}: on if it is off, off if it is on} */
    public static Command toggle() {
        return of(CommandNames.TOGGLE);
    }

    /**
     * {@return {@code set_brightness}}
     *
     * @param brightness how bright
     */
    public static Command setBrightness(Brightness brightness) {
        return with(CommandNames.SET_BRIGHTNESS, "brightness", JsonNumber.of(brightness.level()));
    }

    /**
     * {@return {@code set_color}}
     *
     * @param color the colour
     */
    public static Command setColor(LightColor color) {
        return with(CommandNames.SET_COLOR, "color", new JsonString(color.name()));
    }

    /**
     * {@return {@code set_volume}}
     *
     * @param percent the volume in %, 0 to 100
     * @throws IllegalArgumentException if it is out of that range
     */
    public static Command setVolume(int percent) {
        return with(CommandNames.SET_VOLUME, "volume", JsonNumber.of(percent));
    }

    /** {@return {@code play}} */
    public static Command play() {
        return of(CommandNames.PLAY);
    }

    /** {@return {@code pause}} */
    public static Command pause() {
        return of(CommandNames.PAUSE);
    }

    /** {@return {@code stop}} */
    public static Command stop() {
        return of(CommandNames.STOP);
    }

    /** {@return {@code next}} */
    public static Command next() {
        return of(CommandNames.NEXT);
    }

    /** {@return {@code previous}} */
    public static Command previous() {
        return of(CommandNames.PREVIOUS);
    }

    /**
     * {@return {@code play_audio}}
     *
     * @param audioUrl where the audio is
     */
    public static Command playAudio(String audioUrl) {
        return with(CommandNames.PLAY_AUDIO, "audio_url", new JsonString(audioUrl));
    }

    /**
     * {@return {@code announce}}
     *
     * @param message the text to say
     */
    public static Command announce(String message) {
        return with(CommandNames.ANNOUNCE, "message", new JsonString(message));
    }

    /** {@return {@code restart}} */
    public static Command restart() {
        return of(CommandNames.RESTART);
    }

    /**
     * {@return {@code group}: speakers play together, as the older Sonos topics have it}
     *
     * @param master the speaker that leads
     * @param members the speakers that follow
     */
    public static Command group(String master, List<String> members) {
        JsonObject arguments = JsonObject.builder()
                .put("master", master)
                .putStrings("members", members)
                .build();
        return builder().name(CommandNames.GROUP).arguments(arguments.members()).build();
    }

    private static Command with(String name, String argument, JsonValue value) {
        return builder().name(name).putArguments(argument, value).build();
    }

    /** {@return a builder with this command's values} */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /**
     * {@return this command for one speaker, as the older Sonos topics need it}
     *
     * @param speaker the speaker's name, without {@code media_player.}
     */
    public Command forSpeaker(String speaker) {
        return toBuilder().putArguments("speaker", new JsonString(speaker)).build();
    }

    /** {@return the name, such as {@code turn_on}; {@link CommandNames} has those of the house} */
    public abstract String name();

    /** {@return the arguments by their names on the wire, in order} */
    public abstract Map<String, JsonValue> arguments();

    @Override
    public abstract Map<String, JsonValue> additional();

    /** {@return the argument {@code brightness} in steps, 0 to 255} */
    public Optional<Brightness> brightness() {
        OptionalInt level = CommandArguments.whole(arguments(), "brightness");
        return level.isPresent() && level.getAsInt() >= 0 && level.getAsInt() <= Brightness.MAX_LEVEL
                ? Optional.of(new Brightness(level.getAsInt()))
                : Optional.empty();
    }

    /** {@return the argument {@code volume} in %, 0 to 100; empty if it is out of that range} */
    public OptionalInt volumePercent() {
        OptionalInt percent = CommandArguments.whole(arguments(), "volume");
        return percent.isPresent() && percent.getAsInt() >= 0 && percent.getAsInt() <= 100
                ? percent
                : OptionalInt.empty();
    }

    /** {@return the argument {@code color}} */
    public Optional<LightColor> color() {
        return CommandArguments.text(arguments(), "color").map(LightColor::new);
    }

    /** {@return the argument {@code audio_url}} */
    public Optional<String> audioUrl() {
        return CommandArguments.text(arguments(), "audio_url");
    }

    /** {@return the argument {@code message}} */
    public Optional<String> message() {
        return CommandArguments.text(arguments(), "message");
    }

    /** {@return the argument {@code speaker}, without {@code media_player.}} */
    public Optional<String> speaker() {
        return CommandArguments.text(arguments(), "speaker").map(CommandArguments::speaker);
    }

    /** {@return the argument {@code master}, without {@code media_player.}} */
    public Optional<String> master() {
        return CommandArguments.text(arguments(), "master").map(CommandArguments::speaker);
    }

    /** {@return the argument {@code members}, without {@code media_player.}; empty if there is none} */
    public List<String> members() {
        return CommandArguments.texts(arguments(), "members").stream()
                .map(CommandArguments::speaker)
                .toList();
    }

    @Value.Check
    void check() {
        CommandArguments.check(name(), arguments());
    }

    /** Collects the values of a command. {@code build} refuses an argument of the house out of its range. */
    public static final class Builder extends ImmutableCommand.Builder {
        Builder() {}
    }
}
