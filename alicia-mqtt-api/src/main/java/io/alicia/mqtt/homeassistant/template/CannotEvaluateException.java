package io.alicia.mqtt.homeassistant.template;

/** A part of a template fails or is beyond this package, which says so as a {@link TemplateEvaluationException}. */
final class CannotEvaluateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotEvaluateException(String reason) {
        super(reason, null, false, false);
    }
}
