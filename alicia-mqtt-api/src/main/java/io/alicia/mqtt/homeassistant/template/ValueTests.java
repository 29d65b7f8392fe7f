package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.template.Values.Undefined;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The tests of Jinja that can be evaluated here. */
final class ValueTests {

    private ValueTests() {}

    static boolean holds(String name, Object value, Given given) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == Values.NONE;
            case "string" -> value instanceof String;
            case "number" -> Operators.isNumber(value);
            case "integer" -> value instanceof BigInteger;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "mapping" -> value instanceof Map;
            case "sequence" -> isSequence(value);
            case "iterable" -> isSequence(value) || value instanceof Undefined;
            case "odd" -> Operators.equal(Operators.binary("%", value, BigInteger.TWO), BigInteger.ONE);
            case "even" -> Operators.equal(Operators.binary("%", value, BigInteger.TWO), BigInteger.ZERO);
            case "divisibleby" ->
                Operators.equal(Operators.binary("%", value, given.require(0, "num")), BigInteger.ZERO);
            case "eq", "equalto" -> Operators.equal(value, given.require(0, "other"));
            case "ne" -> !Operators.equal(value, given.require(0, "other"));
            case "gt", "greaterthan" -> Operators.compare(">", value, given.require(0, "other"));
            case "ge" -> Operators.compare(">=", value, given.require(0, "other"));
            case "lt", "lessthan" -> Operators.compare("<", value, given.require(0, "other"));
            case "le" -> Operators.compare("<=", value, given.require(0, "other"));
            case "is_number" -> Numbers.isNumber(value, given.only());
            case "match" -> Regex.matches(value, given);
            case "search" -> Regex.isFound(value, given);
            case "in" -> Operators.compare("in", value, given.require(0, "seq"));
            default -> throw new CannotEvaluateException("the test " + name + " is not known here");
        };
    }

    private static boolean isSequence(Object value) {
        return value instanceof String
                || value instanceof List
                || value instanceof Map
                || value instanceof Values.Tuple;
    }
}
