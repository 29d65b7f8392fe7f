package io.alicia.mqtt.homeassistant.template;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments that a function, filter, test or method is given. What is asked for is taken by name or by place; what
 * nobody has asked for is an error.
 *
 * @param of whose they are, for a reason
 * @param positional those without a name
 * @param named those with one
 */
record Given(String of, List<Object> positional, Map<String, Object> named) {

    /** Checks that there are none but the parameters. */
    Given only(String... parameters) {
        Set<String> unknown = new HashSet<>(named.keySet());
        unknown.removeAll(Set.of(parameters));
        if (positional.size() > parameters.length || !unknown.isEmpty()) {
            throw new CannotEvaluateException(of + " takes "
                    + (parameters.length == 0 ? "nothing more" : "only " + String.join(", ", parameters)));
        }
        return this;
    }

    /** Checks that none has a name. */
    Given onlyPositional() {
        if (!named.isEmpty()) {
            throw new CannotEvaluateException(of + " with names");
        }
        return this;
    }

    Optional<Object> get(int place, String name) {
        return place < positional.size() ? Optional.of(positional.get(place)) : Optional.ofNullable(named.get(name));
    }

    Object require(int place, String name) {
        return get(place, name).orElseThrow(() -> new CannotEvaluateException(of + " needs " + name));
    }

    int whole(int place, String name, int otherwise) {
        Optional<Object> value = get(place, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        return Operators.whole(value.get())
                .filter(number -> number.bitLength() < Integer.SIZE)
                .map(BigInteger::intValueExact)
                .orElseThrow(() -> new CannotEvaluateException(
                        of + " takes a whole number for " + name + ", not " + Values.kind(value.get())));
    }

    String text(int place, String name) {
        if (require(place, name) instanceof String text) {
            return text;
        }
        throw new CannotEvaluateException(
                of + " takes a text for " + name + ", not " + Values.kind(require(place, name)));
    }
}
