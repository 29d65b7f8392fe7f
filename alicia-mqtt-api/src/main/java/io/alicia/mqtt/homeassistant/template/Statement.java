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

    /** A {@code for}, each round of which puts an element into the target. */
    record For(
            Target target,
            Expression iterable,
            Optional<Expression> condition,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /** A {@code set} to the value of an expression. */
    record Set(Target target, Expression value) implements Statement {}

    /** A {@code set} to what its body prints. */
    record SetBlock(Target target, List<Statement> body) implements Statement {}

    /** Several expressions that are printed one behind the other; with {@code do} none of them. */
    record Evaluated(List<Expression> expressions, boolean printed) implements Statement {}

    /** {@code continue}, or {@code break}. */
    record Control(boolean endsLoop) implements Statement {}

    /** What Jinja understands and cannot be evaluated here. */
    record Beyond(String what) implements Statement {}
}
