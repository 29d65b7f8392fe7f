package io.alicia.mqtt.homeassistant.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression of a template, as it is written. */
sealed interface Expression {

    /** A value that the template names itself, in the form that {@link Values} has. */
    record Literal(Object value) implements Expression {}

    /** Several expressions: a list in brackets, or else a tuple. */
    record Sequence(List<Expression> elements, boolean isTuple) implements Expression {}

    /** A dictionary; keys and values in their order. */
    record Dictionary(List<Map.Entry<Expression, Expression>> entries) implements Expression {}

    /** A variable or a function. */
    record Name(String name) implements Expression {}

    /** {@code target.name}. */
    record Attribute(Expression target, String name) implements Expression {}

    /** {@code target[key]}. */
    record Subscript(Expression target, Expression key) implements Expression {}

    /** {@code target[from:to:step]}. */
    record Slice(Expression target, Optional<Expression> from, Optional<Expression> to, Optional<Expression> step)
            implements Expression {}

    /** A call, with its arguments. */
    record Call(Expression target, Arguments arguments) implements Expression {}

    /** {@code input | name(arguments)}; without an input in a filter block. */
    record Filter(Expression input, String name, Arguments arguments) implements Expression {}

    /** {@code input is name(arguments)}. */
    record Test(Expression input, String name, boolean negated, Arguments arguments) implements Expression {}

    /** A sign, or {@code not}. */
    record Unary(String operator, Expression operand) implements Expression {}

    /** Arithmetic, {@code ~}, {@code and}, {@code or}. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code first < second <= third}: true if each holds. */
    record Comparison(Expression first, List<Comparand> others) implements Expression {}

    /** What a comparison goes on with. */
    record Comparand(String operator, Expression right) {}

    /** {@code then if test else otherwise}. */
    record Conditional(Expression test, Expression then, Optional<Expression> otherwise) implements Expression {}

    /** What Jinja understands and cannot be evaluated here. */
    record Beyond(String what) implements Expression {}

    /**
     * Arguments of a call, a filter or a test.
     *
     * @param positional those without a name
     * @param named those with one
     * @param spread whether there are any that are known only when they are evaluated
     */
    record Arguments(List<Expression> positional, Map<String, Expression> named, boolean spread) {

        static final Arguments NONE = new Arguments(List.of(), Map.of(), false);
    }
}
