package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.homeassistant.template.TemplateEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one message option by option, and collects what it says and which templates fail. Not for several threads. */
final class Readings {

    private final String payload;
    private final TemplateEngine engine;
    private final Map<String, ?> variables;
    private final List<EntityState> states = new ArrayList<>();
    private final List<TemplateEvaluationException> failures = new ArrayList<>();
    private boolean strange;

    Readings(String payload, TemplateEngine engine) {
        this.payload = payload;
        this.engine = engine;
        this.variables = TemplateEngine.variables(payload);
    }

    /** The text that an option's template takes out of the message; empty if it fails. */
    Optional<String> text(Optional<Template> template) {
        try {
            return Optional.of(
                    template.map(given -> engine.evaluate(given, variables)).orElse(payload));
        } catch (TemplateEvaluationException e) {
            failures.add(e);
            return Optional.empty();
        }
    }

    /** What an option says. A template that gives nothing says nothing, on purpose. */
    void add(Channel<EntityState> channel) {
        text(channel.template()).ifPresent(text -> {
            try {
                Optional<? extends EntityState> read = channel.reader().apply(text);
                read.ifPresent(states::add);
                strange |= read.isEmpty() && !text.isBlank() && !channel.quiet();
            } catch (TemplateEvaluationException e) {
                failures.add(e);
            }
        });
    }

    void add(EntityState state) {
        states.add(state);
    }

    /** The message says nothing that is known. */
    void addNothing() {
        strange = !payload.isBlank();
    }

    /**
     * {@return what was read}
     *
     * @param nothing what is wrong with a message that says nothing that is known, if that is wrong
     */
    StateReading done(Optional<String> nothing) {
        List<String> problems = new ArrayList<>();
        failures.forEach(failure -> problems.add(failure.getMessage()));
        for (EntityState state : states) {
            if (state instanceof EntityState.Unknown unknown) {
                unknown.reason().ifPresent(problems::add);
            }
        }
        if (states.isEmpty() && strange && failures.isEmpty()) {
            nothing.ifPresent(problems::add);
        }
        return new StateReading(states, problems);
    }

    /** What was read, or the first failure if that is all there is. */
    List<EntityState> orThrow() {
        if (states.isEmpty() && !failures.isEmpty()) {
            throw failures.get(0);
        }
        return List.copyOf(states);
    }
}
