package io.alicia.mqtt.homeassistant.component;

/**
 * Home Assistant would refuse what a builder was about to give away. The message names the component, the option and the
 * rule; it is fit to be shown to a user without the stack trace.
 */
public sealed class InvalidComponentException extends IllegalArgumentException permits MissingOptionException {

    private static final long serialVersionUID = 1L;

    /**
     * A component that cannot be.
     *
     * @param message component, option and rule
     */
    public InvalidComponentException(String message) {
        super(message);
    }
}
