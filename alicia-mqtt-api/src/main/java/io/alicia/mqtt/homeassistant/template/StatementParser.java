package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.python.PythonBlanks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a template by Jinja's grammar: text, printed expressions and statements with what they enclose. */
final class StatementParser {

    private static final int MAX_DEPTH = 100;

    /**
     * What a tag encloses.
     *
     * @param body the statements
     * @param end the name of the tag behind
     */
    private record Enclosed(List<Statement> body, String end) {}

    private final TokenStream tokens;
    private final UnknownNames unknown = new UnknownNames();
    private final PythonErrors python = new PythonErrors();
    private final ExpressionParser expressions;
    private final Set<String> blocks = new HashSet<>();
    private int depth;
    private int scopes;
    private int loops;

    StatementParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens, unknown, python);
    }

    List<Statement> parseTemplate() throws TemplateSyntaxException {
        List<Statement> statements = body(List.of());
        unknown.refuse(0);
        python.refuse();
        return statements;
    }

    /** Reads up to a statement that ends the enclosing one, whose name is then current. */
    private List<Statement> body(List<String> ends) throws TemplateSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new TemplateSyntaxException(tokens.current().index(), "nested too deeply");
        }
        List<Statement> statements = new ArrayList<>();
        while (!tokens.at(Token.Type.END)) {
            if (tokens.at(Token.Type.DATA)) {
                statements.add(new Statement.Text(tokens.next().text()));
            } else if (tokens.at(Token.Type.VARIABLE_BEGIN)) {
                tokens.next();
                statements.add(new Statement.Print(expressions.tuple(true)));
                tokens.expect(Token.Type.VARIABLE_END, "the end of the expression, '}}'");
            } else {
                tokens.expect(Token.Type.BLOCK_BEGIN, "a tag");
                if (tokens.at(Token.Type.NAME) && ends.contains(tokens.current().text())) {
                    depth--;
                    return statements;
                }
                statements.add(statement());
                tokens.expect(Token.Type.BLOCK_END, "the end of the statement, '%}'");
            }
        }
        if (!ends.isEmpty()) {
            throw tokens.unexpected("'" + String.join("' or '", ends) + "'");
        }
        depth--;
        return statements;
    }

    /** Reads the rest of an opening tag, what it encloses, and the name of the tag behind. */
    private Enclosed enclosed(String... ends) throws TemplateSyntaxException {
        tokens.skipOperator(":");
        tokens.expect(Token.Type.BLOCK_END, "the end of the statement, '%}'");
        List<Statement> body = body(List.of(ends));
        return new Enclosed(body, tokens.next().text());
    }

    /** As {@link #enclosed}, of a statement whose inside Jinja compiles for itself. */
    private Enclosed framed(String... ends) throws TemplateSyntaxException {
        int mark = unknown.mark();
        scopes++;
        Enclosed enclosed = enclosed(ends);
        scopes--;
        unknown.refuse(mark);
        return enclosed;
    }

    /** As {@link #framed}, of a statement whose inside becomes a function of its own. */
    private List<Statement> function(String end) throws TemplateSyntaxException {
        int outside = python.enter(false);
        List<Statement> body = framed(end).body();
        python.leave(outside);
        return body;
    }

    private static boolean isBlank(Statement statement) {
        return statement instanceof Statement.Text text
                && PythonBlanks.stripped(text.text()).isEmpty();
    }

    private Statement statement() throws TemplateSyntaxException {
        Token name = tokens.expect(Token.Type.NAME, "the name of a statement");
        switch (name.text()) {
            case "for" -> {
                return forLoop();
            }
            case "if" -> {
                return condition();
            }
            case "set" -> {
                return set();
            }
            case "print" -> {
                return print();
            }
            case "macro" -> macro();
            case "call" -> call();
            case "with" -> with();
            case "filter" -> {
                blockFilters();
                framed("endfilter");
            }
            case "autoescape" -> {
                int mark = unknown.mark();
                expressions.expression();
                unknown.refuse(mark);
                framed("endautoescape");
            }
            case "block" -> block();
            case "do" -> {
                return new Statement.Evaluated(List.of(expressions.tuple(true)), false);
            }
            case "break", "continue" -> {
                python.sawLoopControl(name);
                return new Statement.Control(name.text().equals("break"));
            }
            case "extends" -> {
                if (scopes > 0) {
                    throw new TemplateSyntaxException(name.index(), "extends stands only outside of other statements");
                }
                expressions.expression();
            }
            case "include" -> include();
            case "import" -> {
                expressions.expression();
                tokens.expectName("as");
                expressions.name();
                context();
            }
            case "from" -> from();
            default -> throw new TemplateSyntaxException(name.index(), "unknown statement " + name.shown());
        }
        return new Statement.Beyond("the statement " + name.text());
    }

    /** Any number of expressions, each printed. */
    private Statement print() throws TemplateSyntaxException {
        List<Expression> printed = new ArrayList<>();
        while (!tokens.at(Token.Type.BLOCK_END)) {
            if (!printed.isEmpty()) {
                tokens.expectOperator(",");
            }
            printed.add(expressions.expression());
        }
        return new Statement.Evaluated(printed, true);
    }

    private Statement forLoop() throws TemplateSyntaxException {
        Target target = expressions.targetWithoutLoop(false);
        tokens.expectName("in");
        Expression iterable = expressions.tuple(false);
        int mark = unknown.mark();
        Optional<Expression> condition =
                tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        unknown.refuse(mark);
        boolean recursive = tokens.skipName("recursive");
        loops++;
        int outside = python.enter(true);
        Enclosed body = framed("endfor", "else");
        python.leave(outside);
        List<Statement> otherwise = body.end().equals("else") ? framed("endfor").body() : List.of();
        loops--;
        return recursive
                ? new Statement.Beyond("a recursive loop")
                : new Statement.For(target, iterable, condition, body.body(), otherwise);
    }

    private Statement condition() throws TemplateSyntaxException {
        List<Statement.Branch> branches = new ArrayList<>();
        int mark = unknown.mark();
        Enclosed enclosed;
        do {
            Expression test = expressions.tuple(false);
            enclosed = enclosed("elif", "else", "endif");
            branches.add(new Statement.Branch(test, enclosed.body()));
        } while (enclosed.end().equals("elif"));
        List<Statement> otherwise =
                enclosed.end().equals("else") ? enclosed("endif").body() : List.of();
        unknown.forgive(mark);
        return new Statement.If(branches, otherwise);
    }

    private Statement set() throws TemplateSyntaxException {
        Target target = loops > 0 ? expressions.targetWithoutLoop(true) : expressions.target(true);
        if (tokens.skipOperator("=")) {
            return new Statement.Set(target, expressions.tuple(true));
        }
        boolean filtered = tokens.skipOperator("|");
        if (filtered) {
            blockFilters();
        }
        List<Statement> body = framed("endset").body();
        return filtered ? new Statement.Beyond("a set block with a filter") : new Statement.SetBlock(target, body);
    }

    private void blockFilters() throws TemplateSyntaxException {
        int mark = unknown.mark();
        expressions.filters();
        unknown.refuse(mark);
    }

    private void macro() throws TemplateSyntaxException {
        expressions.name();
        signature();
        function("endmacro");
    }

    private void signature() throws TemplateSyntaxException {
        int mark = unknown.mark();
        tokens.expectOperator("(");
        boolean defaults = false;
        Set<String> names = new HashSet<>();
        while (!tokens.atOperator(")")) {
            if (!names.isEmpty()) {
                tokens.expectOperator(",");
            }
            Token at = tokens.current();
            if (!names.add(expressions.name())) {
                python.sawParameterAgain(at);
            }
            if (tokens.skipOperator("=")) {
                defaults = true;
                expressions.expression();
            } else if (defaults) {
                throw tokens.unexpected("a default, as for the arguments before");
            }
        }
        tokens.expectOperator(")");
        unknown.refuse(mark);
    }

    private void call() throws TemplateSyntaxException {
        if (tokens.atOperator("(")) {
            signature();
        }
        int index = tokens.current().index();
        if (!(expressions.expression() instanceof Expression.Call)) {
            throw new TemplateSyntaxException(index, "expected the call of a macro");
        }
        function("endcall");
    }

    private void with() throws TemplateSyntaxException {
        boolean first = true;
        while (!tokens.at(Token.Type.BLOCK_END)) {
            if (!first) {
                tokens.expectOperator(",");
            }
            expressions.target(false);
            tokens.expectOperator("=");
            expressions.expression();
            first = false;
        }
        framed("endwith");
    }

    private void block() throws TemplateSyntaxException {
        Token name = tokens.expect(Token.Type.NAME, "the name of the block");
        if (!blocks.add(name.text())) {
            throw new TemplateSyntaxException(name.index(), "the block " + name.text() + " is defined twice");
        }
        tokens.skipName("scoped");
        boolean required = tokens.skipName("required");
        List<Statement> body = function("endblock");
        if (required && !body.stream().allMatch(StatementParser::isBlank)) {
            throw new TemplateSyntaxException(
                    name.index(), "the block " + name.text() + " is required and must be empty");
        }
        tokens.skipName(name.text());
    }

    private void include() throws TemplateSyntaxException {
        expressions.expression();
        if (tokens.atName("ignore") && tokens.look().isName("missing")) {
            tokens.next();
            tokens.next();
        }
        context();
    }

    private boolean context() {
        if ((tokens.atName("with") || tokens.atName("without")) && tokens.look().isName("context")) {
            tokens.next();
            tokens.next();
            return true;
        }
        return false;
    }

    private void from() throws TemplateSyntaxException {
        expressions.expression();
        tokens.expectName("import");
        do {
            if (context()) {
                return;
            }
            if (tokens.current().text().startsWith("_")) {
                throw tokens.unexpected("a name without an underscore at its beginning");
            }
            expressions.name();
            if (tokens.skipName("as")) {
                expressions.name();
            }
            if (context()) {
                return;
            }
        } while (tokens.skipOperator(","));
    }
}
