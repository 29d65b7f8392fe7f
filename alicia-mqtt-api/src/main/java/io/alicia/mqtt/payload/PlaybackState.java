package io.alicia.mqtt.payload;

/** Whether a speaker plays. On the wire {@code playing}, or Sonos' own {@code PLAYING}, {@code PAUSED_PLAYBACK}, … */
public enum PlaybackState {
    /** It plays. */
    PLAYING,
    /** It was paused and knows where to go on. */
    PAUSED,
    /** It does not play. */
    STOPPED,
    /** It is about to play: loading, or on its way to the next title. */
    TRANSITIONING
}
