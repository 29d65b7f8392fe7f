package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.template.Expression.Arguments;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads expressions by Jinja's grammar. */
final class ExpressionParser {

    /** Deeper nesting is refused here, each level of which counts twice; Jinja itself fails somewhere beyond. */
    private static final int MAX_DEPTH = 200;

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> CONSTANTS = Set.of("true", "false", "none", "True", "False", "None");

    private final TokenStream tokens;
    private final UnknownNames unknown;
    private final PythonErrors python;
    private int depth;
    private boolean keepsLoop;

    ExpressionParser(TokenStream tokens, UnknownNames unknown, PythonErrors python) {
        this.tokens = tokens;
        this.unknown = unknown;
        this.python = python;
    }

    /**
     * What an assignment may put a value into: a name, an attribute of a namespace, or several of them.
     */
    Target target(boolean mayBeAttribute) throws TemplateSyntaxException {
        List<Target> targets = new ArrayList<>();
        targets.add(nameOrAttribute(mayBeAttribute));
        boolean several = false;
        while (tokens.skipOperator(",")) {
            several = true;
            if (tokens.atOperator(")") || tokens.at(Token.Type.BLOCK_END)) {
                break;
            }
            targets.add(nameOrAttribute(mayBeAttribute));
        }
        return several ? new Target.Several(targets) : targets.get(0);
    }

    /** As {@link #target}, of what can be neither within a loop nor the variable of one, where the name is taken. */
    Target targetWithoutLoop(boolean mayBeAttribute) throws TemplateSyntaxException {
        keepsLoop = true;
        Target target = target(mayBeAttribute);
        keepsLoop = false;
        return target;
    }

    private Target nameOrAttribute(boolean mayBeAttribute) throws TemplateSyntaxException {
        if (mayBeAttribute && tokens.at(Token.Type.NAME) && tokens.look().isOperator(".")) {
            String namespace = tokens.next().text();
            tokens.next();
            return new Target.Attribute(
                    namespace,
                    tokens.expect(Token.Type.NAME, "the name of an attribute").text());
        }
        return nameOrGroup();
    }

    /** Reads a name to which something can be assigned; parentheses around names group them. */
    private Target nameOrGroup() throws TemplateSyntaxException {
        if (tokens.skipOperator("(")) {
            Target group = tokens.atOperator(")") ? new Target.Several(List.of()) : target(false);
            tokens.expectOperator(")");
            return group;
        }
        if (keepsLoop && tokens.atName("loop")) {
            throw tokens.unexpected("another name than that of the loop");
        }
        return new Target.Name(name());
    }

    /** A name to which something can be assigned. */
    String name() throws TemplateSyntaxException {
        Token name = tokens.expect(Token.Type.NAME, "a name");
        if (CONSTANTS.contains(name.text())) {
            throw new TemplateSyntaxException(name.index(), "cannot assign to " + name.shown());
        }
        return name.text();
    }

    /** One or several expressions, separated by commas. */
    Expression tuple(boolean withCondition) throws TemplateSyntaxException {
        return expressions(withCondition).orElseThrow(() -> tokens.unexpected("an expression"));
    }

    private Optional<Expression> expressions(boolean withCondition) throws TemplateSyntaxException {
        List<Expression> elements = new ArrayList<>();
        boolean comma = false;
        while (!atTupleEnd()) {
            elements.add(expression(withCondition));
            comma = tokens.skipOperator(",");
            if (!comma) {
                break;
            }
        }
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(elements.size() == 1 && !comma ? elements.get(0) : new Expression.Sequence(elements, true));
    }

    private boolean atTupleEnd() {
        return tokens.at(Token.Type.VARIABLE_END) || tokens.at(Token.Type.BLOCK_END) || tokens.atOperator(")");
    }

    Expression expression() throws TemplateSyntaxException {
        return expression(true);
    }

    private Expression expression(boolean withCondition) throws TemplateSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new TemplateSyntaxException(tokens.current().index(), "nested too deeply");
        }
        int mark = unknown.mark();
        Expression read = or();
        while (withCondition && tokens.skipName("if")) {
            Expression test = or();
            Optional<Expression> otherwise = tokens.skipName("else") ? Optional.of(expression(true)) : Optional.empty();
            read = new Expression.Conditional(test, read, otherwise);
            unknown.forgive(mark);
        }
        depth--;
        return read;
    }

    private Expression or() throws TemplateSyntaxException {
        Expression left = and();
        while (tokens.skipName("or")) {
            left = new Expression.Binary("or", left, and());
        }
        return left;
    }

    private Expression and() throws TemplateSyntaxException {
        Expression left = not();
        while (tokens.skipName("and")) {
            left = new Expression.Binary("and", left, not());
        }
        return left;
    }

    private Expression not() throws TemplateSyntaxException {
        int negations = 0;
        while (tokens.skipName("not")) {
            negations++;
        }
        Expression read = comparison();
        if (negations > 0) {
            read = new Expression.Unary("not", read);
        }
        return negations > 0 && negations % 2 == 0 ? new Expression.Unary("not", read) : read;
    }

    private Expression comparison() throws TemplateSyntaxException {
        Expression first = sum();
        List<Expression.Comparand> others = new ArrayList<>();
        Optional<String> operator = skipComparison();
        while (operator.isPresent()) {
            others.add(new Expression.Comparand(operator.get(), sum()));
            operator = skipComparison();
        }
        return others.isEmpty() ? first : new Expression.Comparison(first, others);
    }

    private Optional<String> skipComparison() {
        if (tokens.at(Token.Type.OPERATOR)
                && COMPARISONS.contains(tokens.current().text())) {
            return Optional.of(tokens.next().text());
        }
        boolean negated = tokens.atName("not") && tokens.look().isName("in");
        if (negated) {
            tokens.next();
        }
        return tokens.skipName("in") ? Optional.of(negated ? "not in" : "in") : Optional.empty();
    }

    private Expression sum() throws TemplateSyntaxException {
        Expression left = concatenation();
        while (tokens.atOperator("+") || tokens.atOperator("-")) {
            left = new Expression.Binary(tokens.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() throws TemplateSyntaxException {
        Expression left = product();
        while (tokens.skipOperator("~")) {
            left = new Expression.Binary("~", left, product());
        }
        return left;
    }

    private Expression product() throws TemplateSyntaxException {
        Expression left = power();
        while (tokens.atOperator("*") || tokens.atOperator("/") || tokens.atOperator("//") || tokens.atOperator("%")) {
            left = new Expression.Binary(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expression power() throws TemplateSyntaxException {
        Expression left = unary(true);
        while (tokens.skipOperator("**")) {
            left = new Expression.Binary("**", left, unary(true));
        }
        return left;
    }

    private Expression unary(boolean withFilter) throws TemplateSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new TemplateSyntaxException(tokens.current().index(), "nested too deeply");
        }
        Expression read;
        if (tokens.atOperator("-") || tokens.atOperator("+")) {
            read = new Expression.Unary(tokens.next().text(), unary(false));
        } else {
            read = primary();
        }
        read = postfix(read);
        depth--;
        return withFilter ? filtersAndTests(read) : read;
    }

    private Expression primary() throws TemplateSyntaxException {
        if (tokens.at(Token.Type.NAME)) {
            return named(tokens.next().text());
        }
        if (tokens.at(Token.Type.NUMBER)) {
            return new Expression.Literal(Literals.number(tokens.next().text()));
        }
        if (tokens.at(Token.Type.STRING)) {
            StringBuilder text = new StringBuilder();
            while (tokens.at(Token.Type.STRING)) {
                text.append(Literals.text(tokens.next()));
            }
            return new Expression.Literal(text.toString());
        }
        if (tokens.skipOperator("(")) {
            Expression inside = expressions(true).orElse(new Expression.Sequence(List.of(), true));
            tokens.expectOperator(")");
            return inside;
        }
        if (tokens.skipOperator("[")) {
            return list();
        }
        if (tokens.skipOperator("{")) {
            return dictionary();
        }
        throw tokens.unexpected("an expression");
    }

    private static Expression named(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Literal(true);
            case "false", "False" -> new Expression.Literal(false);
            case "none", "None" -> new Expression.Literal(Values.NONE);
            default -> new Expression.Name(name);
        };
    }

    private Expression list() throws TemplateSyntaxException {
        List<Expression> elements = new ArrayList<>();
        while (!tokens.atOperator("]")) {
            elements.add(expression());
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("]");
        return new Expression.Sequence(elements, false);
    }

    private Expression dictionary() throws TemplateSyntaxException {
        List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
        while (!tokens.atOperator("}")) {
            Expression key = expression();
            tokens.expectOperator(":");
            entries.add(Map.entry(key, expression()));
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("}");
        return new Expression.Dictionary(entries);
    }

    private Expression postfix(Expression target) throws TemplateSyntaxException {
        Expression read = target;
        while (true) {
            if (tokens.skipOperator(".")) {
                read = attribute(read);
            } else if (tokens.skipOperator("[")) {
                read = subscript(read);
            } else if (tokens.atOperator("(")) {
                read = new Expression.Call(read, arguments());
            } else {
                return read;
            }
        }
    }

    private Expression attribute(Expression target) throws TemplateSyntaxException {
        if (tokens.at(Token.Type.NUMBER)) {
            if (!(Literals.number(tokens.current().text()) instanceof BigInteger index)) {
                throw tokens.unexpected("a name or a whole number");
            }
            tokens.next();
            return new Expression.Subscript(target, new Expression.Literal(index));
        }
        return new Expression.Attribute(
                target, tokens.expect(Token.Type.NAME, "a name or number").text());
    }

    /** A key, or from and to; steps and several of them are read and left. */
    private Expression subscript(Expression target) throws TemplateSyntaxException {
        List<Optional<Expression>> parts = new ArrayList<>();
        int colons = 0;
        boolean several = false;
        while (!tokens.atOperator("]")) {
            if (!parts.isEmpty()) {
                tokens.expectOperator(",");
                several = true;
            }
            colons += subscripted(parts);
        }
        tokens.expectOperator("]");
        if (several || parts.isEmpty()) {
            return new Expression.Beyond("a subscript of several parts");
        }
        if (colons > 0) {
            return new Expression.Slice(
                    target, parts.get(0), parts.get(1), colons > 1 ? parts.get(2) : Optional.empty());
        }
        return parts.get(0)
                .<Expression>map(key -> new Expression.Subscript(target, key))
                .orElse(new Expression.Beyond("an empty subscript"));
    }

    /** Reads a key, or from, to and step between colons, and gives the number of these. */
    private int subscripted(List<Optional<Expression>> parts) throws TemplateSyntaxException {
        int colons = 0;
        parts.add(tokens.atOperator(":") ? Optional.empty() : Optional.of(expression()));
        while (colons < 2 && tokens.skipOperator(":")) {
            colons++;
            boolean left = tokens.atOperator(":") || tokens.atOperator("]") || tokens.atOperator(",");
            parts.add(left ? Optional.empty() : Optional.of(expression()));
        }
        return colons;
    }

    private Expression filtersAndTests(Expression input) throws TemplateSyntaxException {
        Expression read = input;
        while (true) {
            if (tokens.skipOperator("|")) {
                read = filter(read);
            } else if (tokens.skipName("is")) {
                read = test(read);
            } else if (tokens.atOperator("(")) {
                read = new Expression.Call(read, arguments());
            } else {
                return read;
            }
        }
    }

    /** A filter with its arguments, and those that follow it, of a block. */
    void filters() throws TemplateSyntaxException {
        Expression block = new Expression.Beyond("a filter block");
        do {
            block = filter(block);
        } while (tokens.skipOperator("|"));
    }

    private Expression filter(Expression input) throws TemplateSyntaxException {
        int index = tokens.current().index();
        String name = dottedName("the name of a filter");
        unknown.sawFilter(index, name);
        return new Expression.Filter(input, name, tokens.atOperator("(") ? arguments() : Arguments.NONE);
    }

    private String dottedName(String what) throws TemplateSyntaxException {
        StringBuilder name = new StringBuilder();
        do {
            name.append(name.isEmpty() ? "" : ".")
                    .append(tokens.expect(Token.Type.NAME, what).text());
        } while (tokens.skipOperator("."));
        return name.toString();
    }

    private Expression test(Expression input) throws TemplateSyntaxException {
        boolean negated = tokens.skipName("not");
        int index = tokens.current().index();
        String name = dottedName("the name of a test");
        unknown.sawTest(index, name);
        Arguments arguments = Arguments.NONE;
        if (tokens.atOperator("(")) {
            arguments = arguments();
        } else if (atTestArgument()) {
            if (tokens.atName("is")) {
                throw tokens.unexpected("one test only");
            }
            arguments = new Arguments(List.of(postfix(primary())), Map.of(), false);
        }
        return new Expression.Test(input, name, negated, arguments);
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
    Arguments arguments() throws TemplateSyntaxException {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        boolean list = false;
        boolean map = false;
        while (!tokens.atOperator(")")) {
            if (map) {
                throw tokens.unexpected("no further argument");
            }
            if (tokens.skipOperator("**")) {
                map = true;
                expression();
            } else if (tokens.atOperator("*")) {
                if (list) {
                    throw tokens.unexpected("one argument with * only");
                }
                tokens.next();
                list = true;
                expression();
            } else if (tokens.at(Token.Type.NAME) && tokens.look().isOperator("=")) {
                Token name = tokens.next();
                tokens.next();
                if (named.put(name.text(), expression()) != null) {
                    python.sawArgumentAgain(name);
                }
            } else if (list || !named.isEmpty()) {
                throw tokens.unexpected("an argument with a name");
            } else {
                positional.add(expression());
            }
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
        return new Arguments(positional, named, list || map);
    }
}
