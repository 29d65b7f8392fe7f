package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.payload.JsonValue;
import java.util.List;

/** What checking one value gave. */
sealed interface Outcome {

    /** The value is taken, and kept in this form. */
    record Kept(JsonValue value) implements Outcome {}

    /**
     * The value is refused.
     *
     * @param fatal whether Home Assistant's check ends in an exception, so that no further option is looked at
     */
    record Refused(List<Problem> problems, boolean fatal) implements Outcome {}

    static Outcome refused(String at, String reason) {
        return new Refused(List.of(new Problem(at, reason)), false);
    }

    /** A failure that Home Assistant does not expect; the vectors name it by the exception's type. */
    static Outcome crashed(String exception, String reason) {
        return new Refused(List.of(new Problem(exception, reason)), true);
    }
}
