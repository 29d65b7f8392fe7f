package io.alicia.mqtt.homeassistant.template;

import java.util.Set;

/** Reads expressions by Jinja's grammar and keeps nothing of them. */
final class ExpressionParser {

    /** Deeper nesting is refused here; Jinja itself fails somewhere beyond. */
    private static final int MAX_DEPTH = 100;

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> CONSTANTS = Set.of("true", "false", "none", "True", "False", "None");

    private final TokenStream tokens;
    private int depth;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** What an assignment may put a value into: a name, an attribute of a namespace, or several names. */
    void target(String endName, boolean mayBeAttribute) throws TemplateSyntaxException {
        if (mayBeAttribute && tokens.at(Token.Type.NAME) && tokens.look().isOperator(".")) {
            tokens.next();
            tokens.next();
            tokens.expect(Token.Type.NAME, "the name of an attribute");
            return;
        }
        name();
        while (tokens.skipOperator(",")) {
            if (tokens.atName(endName) || tokens.atOperator("=") || tokens.at(Token.Type.BLOCK_END)) {
                return;
            }
            name();
        }
    }

    /** A name to which something can be assigned; parentheses around names group them. */
    void name() throws TemplateSyntaxException {
        if (tokens.skipOperator("(")) {
            target("", false);
            tokens.expectOperator(")");
            return;
        }
        Token name = tokens.expect(Token.Type.NAME, "a name");
        if (CONSTANTS.contains(name.text())) {
            throw new TemplateSyntaxException(name.index(), "cannot assign to " + name.shown());
        }
    }

    /** One or several expressions, separated by commas. */
    void tuple(boolean withCondition, String endName) throws TemplateSyntaxException {
        if (!expressions(withCondition, endName)) {
            throw tokens.unexpected("an expression");
        }
    }

    /** Whether there was at least one expression. */
    private boolean expressions(boolean withCondition, String endName) throws TemplateSyntaxException {
        boolean any = false;
        while (!atTupleEnd(endName)) {
            expression(withCondition);
            any = true;
            if (!tokens.skipOperator(",")) {
                return true;
            }
        }
        return any;
    }

    private boolean atTupleEnd(String endName) {
        return tokens.at(Token.Type.VARIABLE_END)
                || tokens.at(Token.Type.BLOCK_END)
                || tokens.atOperator(")")
                || tokens.atName(endName);
    }

    void expression() throws TemplateSyntaxException {
        expression(true);
    }

    private void expression(boolean withCondition) throws TemplateSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new TemplateSyntaxException(tokens.current().index(), "nested too deeply");
        }
        or();
        while (withCondition && tokens.skipName("if")) {
            or();
            if (tokens.skipName("else")) {
                expression(true);
            }
        }
        depth--;
    }

    private void or() throws TemplateSyntaxException {
        do {
            and();
        } while (tokens.skipName("or"));
    }

    private void and() throws TemplateSyntaxException {
        do {
            while (tokens.skipName("not")) {
                // Any number of negations.
            }
            comparison();
        } while (tokens.skipName("and"));
    }

    private void comparison() throws TemplateSyntaxException {
        do {
            arithmetic();
        } while (skipComparison());
    }

    private boolean skipComparison() {
        if (tokens.at(Token.Type.OPERATOR)
                && COMPARISONS.contains(tokens.current().text())) {
            tokens.next();
            return true;
        }
        if (tokens.atName("not") && tokens.look().isName("in")) {
            tokens.next();
        }
        return tokens.skipName("in");
    }

    private void arithmetic() throws TemplateSyntaxException {
        do {
            unary(true);
        } while (tokens.skipOperator("+")
                || tokens.skipOperator("-")
                || tokens.skipOperator("~")
                || tokens.skipOperator("*")
                || tokens.skipOperator("/")
                || tokens.skipOperator("//")
                || tokens.skipOperator("%")
                || tokens.skipOperator("**"));
    }

    private void unary(boolean withFilter) throws TemplateSyntaxException {
        while (tokens.skipOperator("-") || tokens.skipOperator("+")) {
            // Any number of signs.
        }
        primary();
        postfix();
        if (withFilter) {
            filtersAndTests();
        }
    }

    private void primary() throws TemplateSyntaxException {
        if (tokens.at(Token.Type.NAME) || tokens.at(Token.Type.NUMBER)) {
            tokens.next();
        } else if (tokens.at(Token.Type.STRING)) {
            while (tokens.at(Token.Type.STRING)) {
                tokens.next();
            }
        } else if (tokens.skipOperator("(")) {
            expressions(true, "");
            tokens.expectOperator(")");
        } else if (tokens.skipOperator("[")) {
            while (!tokens.atOperator("]")) {
                expression();
                if (!tokens.skipOperator(",")) {
                    break;
                }
            }
            tokens.expectOperator("]");
        } else if (tokens.skipOperator("{")) {
            dictionary();
        } else {
            throw tokens.unexpected("an expression");
        }
    }

    private void dictionary() throws TemplateSyntaxException {
        while (!tokens.atOperator("}")) {
            expression();
            tokens.expectOperator(":");
            expression();
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("}");
    }

    private void postfix() throws TemplateSyntaxException {
        while (true) {
            if (tokens.skipOperator(".")) {
                if (!tokens.at(Token.Type.NAME) && !tokens.at(Token.Type.NUMBER)) {
                    throw tokens.unexpected("a name or number");
                }
                tokens.next();
            } else if (tokens.skipOperator("[")) {
                subscripts();
            } else if (tokens.atOperator("(")) {
                arguments();
            } else {
                return;
            }
        }
    }

    private void subscripts() throws TemplateSyntaxException {
        while (!tokens.atOperator("]")) {
            for (int part = 0; part < 3; part++) {
                if (!tokens.atOperator(":") && !tokens.atOperator("]") && !tokens.atOperator(",")) {
                    expression();
                }
                if (!tokens.skipOperator(":")) {
                    break;
                }
            }
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("]");
    }

    private void filtersAndTests() throws TemplateSyntaxException {
        while (true) {
            if (tokens.atOperator("|")) {
                tokens.next();
                filter();
            } else if (tokens.skipName("is")) {
                test();
            } else if (tokens.atOperator("(")) {
                arguments();
            } else {
                return;
            }
        }
    }

    /** A filter with its arguments, and those that follow it. */
    void filters() throws TemplateSyntaxException {
        do {
            filter();
        } while (tokens.skipOperator("|"));
    }

    private void filter() throws TemplateSyntaxException {
        dottedName("the name of a filter");
        if (tokens.atOperator("(")) {
            arguments();
        }
    }

    private void dottedName(String what) throws TemplateSyntaxException {
        do {
            tokens.expect(Token.Type.NAME, what);
        } while (tokens.skipOperator("."));
    }

    private void test() throws TemplateSyntaxException {
        tokens.skipName("not");
        dottedName("the name of a test");
        if (tokens.atOperator("(")) {
            arguments();
        } else if (atTestArgument()) {
            if (tokens.atName("is")) {
                throw tokens.unexpected("one test only");
            }
            primary();
            postfix();
        }
    }

    private boolean atTestArgument() {
        // Jinja takes an "if" here for the argument, so that "x is defined if y" is no condition but an error.
        if (tokens.atName("else") || tokens.atName("or") || tokens.atName("and")) {
            return false;
        }
        return tokens.at(Token.Type.NAME)
                || tokens.at(Token.Type.STRING)
                || tokens.at(Token.Type.NUMBER)
                || tokens.atOperator("[")
                || tokens.atOperator("{");
    }

    /** The arguments of a call, in parentheses; those with a name come last. */
    void arguments() throws TemplateSyntaxException {
        tokens.expectOperator("(");
        boolean named = false;
        while (!tokens.atOperator(")")) {
            if (tokens.skipOperator("**")) {
                named = true;
            } else if (!tokens.skipOperator("*")) {
                boolean isNamed = tokens.at(Token.Type.NAME) && tokens.look().isOperator("=");
                if (isNamed) {
                    tokens.next();
                    tokens.next();
                } else if (named) {
                    throw tokens.unexpected("an argument with a name");
                }
                named |= isNamed;
            }
            expression();
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
    }
}
