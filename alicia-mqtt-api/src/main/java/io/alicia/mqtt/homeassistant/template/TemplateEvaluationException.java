package io.alicia.mqtt.homeassistant.template;

import org.jspecify.annotations.Nullable;

/** A template cannot be evaluated. The message names the template and what is missing; it is fit to be shown to a user. */
public final class TemplateEvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A template that cannot be evaluated.
     *
     * @param template the template
     * @param reason what is missing
     * @param cause what the library said, if one was asked
     */
    public TemplateEvaluationException(Template template, String reason, @Nullable Throwable cause) {
        super("cannot evaluate \"" + template + "\": " + reason, cause);
    }
}
