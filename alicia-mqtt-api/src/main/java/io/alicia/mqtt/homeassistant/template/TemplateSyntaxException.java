package io.alicia.mqtt.homeassistant.template;

/** A template is not understood; never leaves this package. */
final class TemplateSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    TemplateSyntaxException(int index, String reason) {
        super(reason, null, false, false);
        this.reason = reason + " at index " + index;
    }

    String reason() {
        return reason;
    }
}
