package io.alicia.mqtt.homeassistant.template;

import java.util.List;
import java.util.Optional;

/** A part of a template: text, a printed expression, or a statement with what it encloses. */
sealed interface Statement {

    /** Text between the tags, as it is printed. */
    record Text(String text) implements Statement {}

    /** A printed expression. */
    record Print(Expression expression) implements Statement {}

    /** An {@code if} with its branches; the first whose test holds is printed. */
    record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

    /** One branch of an {@code if}. */
    record Branch(Expression test, List<Statement> body) {}

    /** A {@code for} over one or several names. */
    record For(
            List<String> names,
            Expression iterable,
            Optional<Expression> condition,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /** A {@code set} of one name. */
    record Set(String name, Expression value) implements Statement {}

    /** What Jinja understands and cannot be evaluated here. */
    record Beyond(String what) implements Statement {}
}
