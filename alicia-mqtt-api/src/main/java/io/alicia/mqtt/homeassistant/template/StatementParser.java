package io.alicia.mqtt.homeassistant.template;

import java.util.List;

/** Reads a template by Jinja's grammar: text, printed expressions and statements with what they enclose. */
final class StatementParser {

    private static final int MAX_DEPTH = 100;

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private int depth;

    StatementParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
    }

    void parseTemplate() throws TemplateSyntaxException {
        body(List.of());
    }

    /** Reads up to a statement that ends the enclosing one, whose name is then current. */
    private void body(List<String> ends) throws TemplateSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw new TemplateSyntaxException(tokens.current().index(), "nested too deeply");
        }
        while (!tokens.at(Token.Type.END)) {
            if (tokens.at(Token.Type.DATA)) {
                tokens.next();
            } else if (tokens.at(Token.Type.VARIABLE_BEGIN)) {
                tokens.next();
                expressions.tuple(true, "");
                tokens.expect(Token.Type.VARIABLE_END, "the end of the expression, '}}'");
            } else {
                tokens.expect(Token.Type.BLOCK_BEGIN, "a tag");
                if (tokens.at(Token.Type.NAME) && ends.contains(tokens.current().text())) {
                    depth--;
                    return;
                }
                statement();
                tokens.expect(Token.Type.BLOCK_END, "the end of the statement, '%}'");
            }
        }
        if (!ends.isEmpty()) {
            throw tokens.unexpected("'" + String.join("' or '", ends) + "'");
        }
        depth--;
    }

    /** Reads the rest of an opening tag, what it encloses, and the name of the tag behind; gives that name. */
    private String enclosed(String... ends) throws TemplateSyntaxException {
        tokens.skipOperator(":");
        tokens.expect(Token.Type.BLOCK_END, "the end of the statement, '%}'");
        body(List.of(ends));
        return tokens.next().text();
    }

    private void statement() throws TemplateSyntaxException {
        Token name = tokens.expect(Token.Type.NAME, "the name of a statement");
        switch (name.text()) {
            case "for" -> forLoop();
            case "if" -> condition();
            case "set" -> set();
            case "macro" -> macro();
            case "call" -> call();
            case "with" -> with();
            case "filter" -> {
                expressions.filters();
                enclosed("endfilter");
            }
            case "autoescape" -> {
                expressions.expression();
                enclosed("endautoescape");
            }
            case "block" -> block();
            case "do", "print" -> expressions.tuple(true, "");
            case "break", "continue" -> {
                // Loop controls stand alone.
            }
            case "extends" -> expressions.expression();
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
    }

    private void forLoop() throws TemplateSyntaxException {
        expressions.target("in", false);
        tokens.expectName("in");
        expressions.tuple(false, "recursive");
        if (tokens.skipName("if")) {
            expressions.expression();
        }
        tokens.skipName("recursive");
        if (enclosed("endfor", "else").equals("else")) {
            enclosed("endfor");
        }
    }

    private void condition() throws TemplateSyntaxException {
        String next;
        do {
            expressions.tuple(false, "");
            next = enclosed("elif", "else", "endif");
        } while (next.equals("elif"));
        if (next.equals("else")) {
            enclosed("endif");
        }
    }

    private void set() throws TemplateSyntaxException {
        expressions.target("", true);
        if (tokens.skipOperator("=")) {
            expressions.tuple(true, "");
            return;
        }
        if (tokens.skipOperator("|")) {
            expressions.filters();
        }
        enclosed("endset");
    }

    private void macro() throws TemplateSyntaxException {
        expressions.name();
        signature();
        enclosed("endmacro");
    }

    private void signature() throws TemplateSyntaxException {
        tokens.expectOperator("(");
        boolean defaults = false;
        while (!tokens.atOperator(")")) {
            expressions.name();
            if (tokens.skipOperator("=")) {
                defaults = true;
                expressions.expression();
            } else if (defaults) {
                throw tokens.unexpected("a default, as for the arguments before");
            }
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
    }

    private void call() throws TemplateSyntaxException {
        if (tokens.atOperator("(")) {
            signature();
        }
        expressions.expression();
        enclosed("endcall");
    }

    private void with() throws TemplateSyntaxException {
        boolean first = true;
        while (!tokens.at(Token.Type.BLOCK_END)) {
            if (!first) {
                tokens.expectOperator(",");
            }
            expressions.target("", false);
            tokens.expectOperator("=");
            expressions.expression();
            first = false;
        }
        enclosed("endwith");
    }

    private void block() throws TemplateSyntaxException {
        Token name = tokens.expect(Token.Type.NAME, "the name of the block");
        tokens.skipName("scoped");
        tokens.skipName("required");
        enclosed("endblock");
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

    private void context() {
        if ((tokens.atName("with") || tokens.atName("without")) && tokens.look().isName("context")) {
            tokens.next();
            tokens.next();
        }
    }

    private void from() throws TemplateSyntaxException {
        expressions.expression();
        tokens.expectName("import");
        do {
            expressions.name();
            if (tokens.skipName("as")) {
                expressions.name();
            }
        } while (tokens.skipOperator(",") && !tokens.at(Token.Type.BLOCK_END));
        context();
    }
}
