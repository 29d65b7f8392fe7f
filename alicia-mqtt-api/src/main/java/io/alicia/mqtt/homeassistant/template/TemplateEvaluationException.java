package io.alicia.mqtt.homeassistant.template;

import org.jspecify.annotations.Nullable;

/** A template cannot be evaluated. The message names the template and what is missing; it is fit to be shown to a user. */
public final class TemplateEvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_SHOWN = 100;

    /**
     * A template that cannot be evaluated.
     *
     * @param template the template
     * @param reason what is missing
     * @param cause what the library said, if one was asked
     */
    public TemplateEvaluationException(Template template, String reason, @Nullable Throwable cause) {
        super("cannot evaluate \"" + shown(template.text()) + "\": " + reason, cause);
    }

    /** Emitters send templates of pages, and one that cannot be evaluated is told for each message. */
    private static String shown(String template) {
        String first = template.lines().findFirst().orElse("");
        String cut = first.length() > LONGEST_SHOWN ? first.substring(0, LONGEST_SHOWN) : first;
        return cut.length() < template.length() ? cut + "…" : cut;
    }
}
