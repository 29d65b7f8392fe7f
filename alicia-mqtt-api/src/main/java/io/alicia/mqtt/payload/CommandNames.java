package io.alicia.mqtt.payload;

/** The names of the house's commands on the wire. */
public final class CommandNames {

    /** Switches on; {@code brightness} (0 to 255) may go with it. */
    public static final String TURN_ON = "turn_on";

    /** Switches off. */
    public static final String TURN_OFF = "turn_off";

    /** Switches over. */
    public static final String TOGGLE = "toggle";

    /** Sets {@code brightness} (0 to 255). */
    public static final String SET_BRIGHTNESS = "set_brightness";

    /** Sets {@code color}. */
    public static final String SET_COLOR = "set_color";

    /** Sets {@code volume} (0 to 100). */
    public static final String SET_VOLUME = "set_volume";

    /** Plays. */
    public static final String PLAY = "play";

    /** Pauses. */
    public static final String PAUSE = "pause";

    /** Stops. */
    public static final String STOP = "stop";

    /** Goes to the next title. */
    public static final String NEXT = "next";

    /** Goes to the previous title. */
    public static final String PREVIOUS = "previous";

    /** Plays the audio at {@code audio_url}. */
    public static final String PLAY_AUDIO = "play_audio";

    /** Says something. */
    public static final String ANNOUNCE = "announce";

    /** Starts anew. */
    public static final String RESTART = "restart";

    /** Lets speakers ({@code members}) follow another ({@code master}); known from the older Sonos topics. */
    public static final String GROUP = "group";

    private CommandNames() {}
}
