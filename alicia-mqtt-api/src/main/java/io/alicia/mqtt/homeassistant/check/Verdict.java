package io.alicia.mqtt.homeassistant.check;

import java.util.Locale;

/** What Home Assistant does with a discovery message. */
public enum Verdict {
    /** It takes all of it, except for keys that it drops without a word. */
    ACCEPT,
    /** It refuses the message and says so only in its own log. */
    REJECT,
    /** It takes some components of a device message and refuses others. */
    PARTIAL,
    /** The empty payload: it removes the component, or the device with all its components. */
    REMOVE,
    /** It hands the component or device over to another discovery topic. */
    MIGRATE,
    /** The message is not for its MQTT discovery at all. */
    IGNORED;

    /** {@return the verdict in lower case, as the command line writes it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
