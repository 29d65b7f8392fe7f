package io.alicia.mqtt.homeassistant.template;

/** A template is not understood; never leaves this package. */
final class TemplateSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean ofPython;

    TemplateSyntaxException(int index, String reason) {
        this(index, reason, false);
    }

    TemplateSyntaxException(int index, String reason, boolean ofPython) {
        super(reason, null, false, false);
        this.reason = reason + " at index " + index;
        this.ofPython = ofPython;
    }

    /** Whether Jinja understands it, and Python does not what Jinja has made of it. */
    boolean isOfPython() {
        return ofPython;
    }

    String reason() {
        return reason;
    }
}
