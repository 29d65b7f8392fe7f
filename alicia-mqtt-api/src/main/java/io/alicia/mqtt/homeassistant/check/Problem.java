package io.alicia.mqtt.homeassistant.check;

/**
 * One reason why a message or a component of it is refused.
 *
 * @param at where: the path of the option by full names ({@code availability.0.topic}); a group of options in angle
 *     brackets ({@code <availability>}); {@code topic}, {@code component} or {@code payload} for the message itself;
 *     {@code rule} for a relation between options; {@code TypeError}, {@code SyntaxError} or {@code Error} where Home Assistant's own check
 *     fails with an exception
 * @param reason what was expected and what was found, one sentence that names the option
 */
public record Problem(String at, String reason) {

    /** {@return where and why, in one line} */
    @Override
    public String toString() {
        return at + ": " + reason;
    }
}
