package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.template.Expression.Arguments;
import io.alicia.mqtt.homeassistant.template.Values.Undefined;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates expressions with variables. */
final class Evaluation {

    private static final int MAX_DEPTH = 500;

    private final Map<String, Object> variables;
    private final Steps steps;
    private int depth;

    Evaluation(Map<String, Object> variables) {
        this(variables, new Steps());
    }

    private Evaluation(Map<String, Object> variables, Steps steps) {
        this.variables = variables;
        this.steps = steps;
    }

    /** One whose variables can be set without being seen outside. */
    Evaluation inner() {
        steps.take();
        return new Evaluation(new HashMap<>(variables), steps);
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }

    /** Puts a value, or the elements of it, where an assignment wants them. */
    void assign(Target target, Object value) {
        if (target instanceof Target.Name name) {
            set(name.name(), value);
        } else if (target instanceof Target.Attribute attribute) {
            if (!(variables.get(attribute.namespace()) instanceof Namespace namespace)) {
                throw new CannotEvaluateException(
                        attribute.namespace() + " is no namespace whose attribute can be set");
            }
            namespace.set(attribute.attribute(), value);
        } else if (target instanceof Target.Several several) {
            List<Object> parts = Values.elements(value);
            if (value instanceof Undefined || parts.size() != several.targets().size()) {
                throw new CannotEvaluateException(several.targets().size() + " names for " + parts.size() + " values");
            }
            for (int i = 0; i < parts.size(); i++) {
                assign(several.targets().get(i), parts.get(i));
            }
        }
    }

    Object evaluate(Expression expression) {
        steps.take();
        if (++depth > MAX_DEPTH) {
            throw new CannotEvaluateException("it is nested too deeply");
        }
        Object value = value(expression);
        depth--;
        return value;
    }

    private Object value(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        if (expression instanceof Expression.Name name) {
            return named(name.name());
        }
        if (expression instanceof Expression.Attribute attribute) {
            return attribute(evaluate(attribute.target()), attribute.name());
        }
        if (expression instanceof Expression.Subscript subscript) {
            return subscript(evaluate(subscript.target()), evaluate(subscript.key()));
        }
        if (expression instanceof Expression.Slice slice) {
            return slice(slice);
        }
        if (expression instanceof Expression.Filter filter) {
            Given given = given("the filter " + filter.name(), filter.arguments());
            return Filters.apply(filter.name(), evaluate(filter.input()), given);
        }
        if (expression instanceof Expression.Test test) {
            if (isProvided(test.input())
                    && (test.name().equals("defined") || test.name().equals("undefined"))) {
                return test.name().equals("defined") != test.negated();
            }
            Given given = given("the test " + test.name(), test.arguments());
            return ValueTests.holds(test.name(), evaluate(test.input()), given) != test.negated();
        }
        if (expression instanceof Expression.Call call) {
            return call(call);
        }
        return composed(expression);
    }

    /** Home Assistant knows names that are not known here: they are not undefined. */
    private Object named(String name) {
        Object value = variables.get(name);
        if (value != null) {
            return value;
        }
        return switch (name) {
            case "pi" -> Math.PI;
            case "e" -> Math.E;
            case "tau" -> 2 * Math.PI;
            default -> {
                if (KnownNames.isProvided(name)) {
                    throw new CannotEvaluateException(name + " is known to Home Assistant, but not here");
                }
                yield new Undefined(name);
            }
        };
    }

    private boolean isProvided(Expression expression) {
        return expression instanceof Expression.Name name
                && !variables.containsKey(name.name())
                && KnownNames.isProvided(name.name());
    }

    private Object composed(Expression expression) {
        if (expression instanceof Expression.Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        }
        if (expression instanceof Expression.Comparison comparison) {
            return comparison(comparison);
        }
        if (expression instanceof Expression.Conditional conditional) {
            return conditional(conditional);
        }
        if (expression instanceof Expression.Sequence sequence) {
            List<Object> elements = new ArrayList<>();
            sequence.elements().forEach(element -> elements.add(evaluate(element)));
            return sequence.isTuple() ? new Values.Tuple(elements) : elements;
        }
        if (expression instanceof Expression.Dictionary dictionary) {
            Map<Object, Object> map = new LinkedHashMap<>();
            dictionary.entries().forEach(entry -> map.put(evaluate(entry.getKey()), evaluate(entry.getValue())));
            return map;
        }
        if (expression instanceof Expression.Beyond beyond) {
            throw new CannotEvaluateException(beyond.what() + " is beyond what can be evaluated here");
        }
        throw new IllegalStateException("no such expression: " + expression);
    }

    /** Jinja asks Python for an attribute first, then for a key. */
    private static Object attribute(Object target, String name) {
        requireDefined(target, name);
        if (target instanceof Namespace namespace) {
            return namespace.get(name).orElseGet(() -> new Undefined(name));
        }
        if (PythonAttributes.has(target, name)) {
            return method(target, name);
        }
        Object member = target instanceof Map<?, ?> map ? map.get(name) : null;
        return member == null ? new Undefined(name) : member;
    }

    private static Object method(Object target, String name) {
        if (PythonAttributes.isInternal(name)) {
            throw new CannotEvaluateException(name + " may be Python's own, which is forbidden, or a key");
        }
        return PythonAttributes.isForbidden(target, name)
                ? new Undefined(name + " (Python's method, which is forbidden, comes before the key, which is ['" + name
                        + "'])")
                : new Methods.Method(target, name);
    }

    /** Jinja asks for a key first; what is not there is undefined. */
    static Object subscript(Object target, Object key) {
        String name = key instanceof String text ? text : Values.text(key);
        requireDefined(target, name);
        if (target instanceof Map<?, ?> map) {
            Object value = map.entrySet().stream()
                    .filter(entry -> Operators.equal(entry.getKey(), key))
                    .<Object>map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(new Undefined(name));
            boolean method = value instanceof Undefined && PythonAttributes.isOfDictionary(name);
            return method ? method(target, name) : value;
        }
        Optional<BigInteger> index = Operators.whole(key);
        if (index.isPresent() && isIndexed(target)) {
            List<Object> elements = Values.elements(target);
            BigInteger place =
                    index.get().signum() < 0 ? index.get().add(BigInteger.valueOf(elements.size())) : index.get();
            boolean there = place.signum() >= 0 && place.compareTo(BigInteger.valueOf(elements.size())) < 0;
            return there ? elements.get(place.intValueExact()) : new Undefined(name);
        }
        return attribute(target, name);
    }

    private static boolean isIndexed(Object target) {
        return target instanceof List || target instanceof String || target instanceof Values.Tuple;
    }

    private static void requireDefined(Object target, String name) {
        if (target instanceof Undefined undefined) {
            throw new CannotEvaluateException(
                    "there is no " + undefined.what() + ", so that it has no " + name + " either");
        }
    }

    private Object slice(Expression.Slice slice) {
        Object target = evaluate(slice.target());
        if (!isIndexed(target)) {
            throw new CannotEvaluateException("a part of " + Values.kind(target));
        }
        List<Object> elements = new ArrayList<>(Values.elements(target));
        int step = step(slice.step());
        int size = elements.size();
        int from = bound(slice.from(), 0, size);
        int to = bound(slice.to(), size, size);
        if (step < 0) {
            // Backwards the bounds are those of the places counted from the end.
            Collections.reverse(elements);
            from = slice.from().isPresent() ? size - 1 - backwards(slice.from(), size) : 0;
            to = slice.to().isPresent() ? size - 1 - backwards(slice.to(), size) : size;
        }
        List<Object> part = new ArrayList<>();
        for (long i = from; i < to; i += Math.abs((long) step)) {
            part.add(elements.get((int) i));
        }
        if (target instanceof Values.Tuple) {
            return new Values.Tuple(part);
        }
        return target instanceof String
                ? String.join("", part.stream().map(Values::text).toList())
                : part;
    }

    private int step(Optional<Expression> written) {
        Object value = written.map(this::evaluate).orElse(BigInteger.ONE);
        BigInteger step = Operators.whole(value == Values.NONE ? BigInteger.ONE : value)
                .filter(number -> number.signum() != 0 && number.bitLength() < Integer.SIZE)
                .orElseThrow(() -> new CannotEvaluateException("the step " + Values.kind(value)));
        return step.intValueExact();
    }

    /** A bound of a slice with a negative step: from -1, before the first, to the last place. */
    private int backwards(Optional<Expression> written, int size) {
        BigInteger bound = written.map(this::whole).orElseThrow();
        BigInteger place = bound.signum() < 0 ? bound.add(BigInteger.valueOf(size)) : bound;
        return place.max(BigInteger.ONE.negate())
                .min(BigInteger.valueOf(size - 1L))
                .intValueExact();
    }

    private BigInteger whole(Expression written) {
        Object value = evaluate(written);
        return Operators.whole(value).orElseThrow(() -> new CannotEvaluateException("the bound " + Values.kind(value)));
    }

    private int bound(Optional<Expression> written, int otherwise, int size) {
        if (written.isEmpty()) {
            return otherwise;
        }
        BigInteger bound = whole(written.get());
        BigInteger place = bound.signum() < 0 ? bound.add(BigInteger.valueOf(size)) : bound;
        return place.max(BigInteger.ZERO).min(BigInteger.valueOf(size)).intValueExact();
    }

    private Object call(Expression.Call call) {
        if (call.target() instanceof Expression.Name name && !variables.containsKey(name.name())) {
            if (!Functions.isKnown(name.name())) {
                throw new CannotEvaluateException("the function " + name.name() + " is not known here");
            }
            return Functions.call(name.name(), given(name.name(), call.arguments()));
        }
        if (call.target() instanceof Expression.Attribute attribute
                && attribute.target() instanceof Expression.Name name
                && name.name().equals("dict")
                && !variables.containsKey("dict")) {
            return Functions.ofDict(attribute.name(), given("dict." + attribute.name(), call.arguments()));
        }
        Object target = evaluate(call.target());
        if (target instanceof Methods.Method method) {
            return Methods.call(method, given(method.name(), call.arguments()));
        }
        throw new CannotEvaluateException(Values.kind(target) + " cannot be called");
    }

    private Given given(String of, Arguments arguments) {
        if (arguments.spread()) {
            throw new CannotEvaluateException("arguments by * or **");
        }
        List<Object> positional = new ArrayList<>();
        arguments.positional().forEach(argument -> positional.add(evaluate(argument)));
        Map<String, Object> named = new HashMap<>();
        arguments.named().forEach((name, argument) -> named.put(name, evaluate(argument)));
        return new Given(of, positional, named);
    }

    private Object unary(Expression.Unary unary) {
        Object operand = evaluate(unary.operand());
        return switch (unary.operator()) {
            case "not" -> !Values.truth(operand);
            case "-" -> Operators.negated(operand);
            default -> Operators.affirmed(operand);
        };
    }

    private Object binary(Expression.Binary binary) {
        Object left = evaluate(binary.left());
        return switch (binary.operator()) {
            case "and" -> Values.truth(left) ? evaluate(binary.right()) : left;
            case "or" -> Values.truth(left) ? left : evaluate(binary.right());
            case "~" -> Operators.joined(Values.text(left), Values.text(evaluate(binary.right())));
            default -> Operators.binary(binary.operator(), left, evaluate(binary.right()));
        };
    }

    private Object comparison(Expression.Comparison comparison) {
        Object left = evaluate(comparison.first());
        for (Expression.Comparand other : comparison.others()) {
            Object right = evaluate(other.right());
            if (!Operators.compare(other.operator(), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private Object conditional(Expression.Conditional conditional) {
        if (Values.truth(evaluate(conditional.test()))) {
            return evaluate(conditional.then());
        }
        return conditional.otherwise().map(this::evaluate).orElseGet(() -> new Undefined("the other case"));
    }
}
