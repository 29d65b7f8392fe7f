package io.alicia.mqtt.homeassistant.template;

/**
 * A piece of a template.
 *
 * @param type what it is; an operator has its own text as name
 * @param text how it is written
 * @param index where it begins
 */
record Token(Type type, String text, int index) {

    enum Type {
        /** Text between the tags. */
        DATA,
        /** The beginning of an expression to be printed: two braces. */
        VARIABLE_BEGIN,
        /** The end of an expression to be printed. */
        VARIABLE_END,
        /** The beginning of a statement: brace and percent sign. */
        BLOCK_BEGIN,
        /** The end of a statement. */
        BLOCK_END,
        NAME,
        STRING,
        NUMBER,
        OPERATOR,
        END
    }

    boolean is(Type wanted) {
        return type == wanted;
    }

    boolean isName(String name) {
        return type == Type.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return type == Type.OPERATOR && text.equals(operator);
    }

    /** How it is called in an error. */
    String shown() {
        return switch (type) {
            case END -> "the end of the template";
            case VARIABLE_END, BLOCK_END -> "the end of the tag";
            default -> "'" + text + "'";
        };
    }
}
