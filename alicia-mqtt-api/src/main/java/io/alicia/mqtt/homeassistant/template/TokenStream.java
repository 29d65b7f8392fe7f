package io.alicia.mqtt.homeassistant.template;

import java.util.List;

/** The tokens of a template, read one after another. */
final class TokenStream {

    private final List<Token> tokens;
    private int position;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(position);
    }

    Token look() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = current();
        if (position < tokens.size() - 1) {
            position++;
        }
        return token;
    }

    boolean at(Token.Type type) {
        return current().is(type);
    }

    boolean atName(String name) {
        return current().isName(name);
    }

    boolean atOperator(String operator) {
        return current().isOperator(operator);
    }

    boolean skipName(String name) {
        return skipped(atName(name));
    }

    boolean skipOperator(String operator) {
        return skipped(atOperator(operator));
    }

    private boolean skipped(boolean there) {
        if (there) {
            next();
        }
        return there;
    }

    Token expect(Token.Type type, String what) throws TemplateSyntaxException {
        if (!at(type)) {
            throw unexpected(what);
        }
        return next();
    }

    void expectName(String name) throws TemplateSyntaxException {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    void expectOperator(String operator) throws TemplateSyntaxException {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    TemplateSyntaxException unexpected(String expected) {
        return new TemplateSyntaxException(
                current().index(), "expected " + expected + ", got " + current().shown());
    }
}
