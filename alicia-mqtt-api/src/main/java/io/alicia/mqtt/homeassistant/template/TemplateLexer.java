package io.alicia.mqtt.homeassistant.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a template apart as Jinja's lexer does. */
final class TemplateLexer {

    private static final String BLANKS = "[\\s\\x1c-\\x1f]";
    private static final Pattern RAW_BEGIN =
            Pattern.compile("\\{%[-+]?" + BLANKS + "*raw" + BLANKS + "*-?%}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern RAW_END =
            Pattern.compile("\\{%[-+]?" + BLANKS + "*endraw" + BLANKS + "*[-+]?%}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NEWLINE = Pattern.compile("\r\n?");
    private static final Pattern SPACE = Pattern.compile(BLANKS + "+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern NUMBER = Pattern.compile(
            "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?e[+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)"
                    + "|0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\\da-f])+|[1-9](?:_?\\d)*|0(?:_?0)*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern STRING =
            Pattern.compile("'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}><=.:|,;]");

    private final String template;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Token> open = new ArrayDeque<>();
    private int position;
    private boolean trimsBehind;

    TemplateLexer(String template) {
        this.template = NEWLINE.matcher(template).replaceAll("\n");
    }

    List<Token> tokens() throws TemplateSyntaxException {
        while (position < template.length()) {
            int tag = nextTag();
            data(tag, template.startsWith("-", tag + 2));
            if (position < template.length()) {
                tag();
            }
        }
        tokens.add(new Token(Token.Type.END, "", template.length()));
        return tokens;
    }

    /** Text up to a tag; a minus sign within a tag takes the white space beside it. */
    private void data(int end, boolean trimsBefore) {
        String text = template.substring(position, end);
        text = trimsBehind ? text.stripLeading() : text;
        text = trimsBefore ? text.stripTrailing() : text;
        if (!text.isEmpty()) {
            tokens.add(new Token(Token.Type.DATA, text, position));
        }
        position = end;
        trimsBehind = false;
    }

    private int nextTag() {
        for (int at = template.indexOf('{', position); at >= 0; at = template.indexOf('{', at + 1)) {
            if (at + 1 < template.length() && "{%#".indexOf(template.charAt(at + 1)) >= 0) {
                return at;
            }
        }
        return template.length();
    }

    private void tag() throws TemplateSyntaxException {
        Matcher raw = at(RAW_BEGIN);
        if (raw.lookingAt()) {
            raw(raw);
        } else if (template.startsWith("{#", position)) {
            int end = template.indexOf("#}", position + 2);
            // With nothing behind its beginning there is nothing in which Jinja misses the end.
            boolean nothingBehind =
                    position + 2 == template.length() || (position + 3 == template.length() && template.endsWith("-"));
            if (nothingBehind) {
                position = template.length();
                return;
            }
            if (end < 0) {
                throw new TemplateSyntaxException(position, "expected the end of a comment, '#}'");
            }
            position = end + 2;
            trimsBehind = end > 0 && template.charAt(end - 1) == '-';
        } else {
            boolean block = template.charAt(position + 1) == '%';
            add(block ? Token.Type.BLOCK_BEGIN : Token.Type.VARIABLE_BEGIN, template.substring(position, position + 2));
            if (position < template.length() && "-+".indexOf(template.charAt(position)) >= 0) {
                position++;
            }
            inside(block);
        }
    }

    /** What is raw is text, whatever it looks like. */
    private void raw(Matcher begin) throws TemplateSyntaxException {
        Matcher end = RAW_END.matcher(template);
        if (template.substring(begin.end()).isBlank()
                && (begin.group().endsWith("-%}") || begin.end() == template.length())) {
            position = template.length();
            return;
        }
        if (!end.find(begin.end())) {
            throw new TemplateSyntaxException(position, "expected the end of a raw block");
        }
        position = begin.end();
        trimsBehind = begin.group().endsWith("-%}");
        data(end.start(), end.group().startsWith("{%-"));
        position = end.end();
        trimsBehind = end.group().endsWith("-%}");
    }

    private void inside(boolean block) throws TemplateSyntaxException {
        String end = block ? "%}" : "}}";
        open.clear();
        while (position < template.length()) {
            if (open.isEmpty() && atEnd(end, block)) {
                return;
            }
            token();
        }
        if (!open.isEmpty()) {
            throw new TemplateSyntaxException(
                    template.length(), "expected '" + closing(open.peek().text()) + "', got the end of the template");
        }
    }

    private boolean atEnd(String end, boolean block) {
        int at = position;
        boolean trims = at < template.length()
                && (template.charAt(at) == '-' || (block && template.charAt(at) == '+'))
                && template.startsWith(end, at + 1);
        if (!trims && !template.startsWith(end, at)) {
            return false;
        }
        trimsBehind = trims && template.charAt(at) == '-';
        position += trims ? 1 : 0;
        add(block ? Token.Type.BLOCK_END : Token.Type.VARIABLE_END, end);
        return true;
    }

    private void token() throws TemplateSyntaxException {
        Matcher space = at(SPACE);
        if (space.lookingAt()) {
            position = space.end();
        } else if (!take(NUMBER, Token.Type.NUMBER)
                && !take(NAME, Token.Type.NAME)
                && !take(STRING, Token.Type.STRING)
                && !take(OPERATOR, Token.Type.OPERATOR)) {
            throw new TemplateSyntaxException(position, "unexpected character '" + template.charAt(position) + "'");
        }
    }

    private boolean take(Pattern pattern, Token.Type type) throws TemplateSyntaxException {
        Matcher matcher = at(pattern);
        if (!matcher.lookingAt()) {
            return false;
        }
        add(type, matcher.group());
        if (type == Token.Type.OPERATOR) {
            balance(tokens.get(tokens.size() - 1));
        }
        return true;
    }

    private void balance(Token token) throws TemplateSyntaxException {
        switch (token.text()) {
            case "(", "[", "{" -> open.push(token);
            case ")", "]", "}" -> {
                if (open.isEmpty()) {
                    throw new TemplateSyntaxException(token.index(), "unexpected " + token.shown());
                }
                String expected = closing(open.pop().text());
                if (!expected.equals(token.text())) {
                    throw new TemplateSyntaxException(
                            token.index(), "expected '" + expected + "', got " + token.shown());
                }
            }
            default -> {
                // Other operators open and close nothing.
            }
        }
    }

    private static String closing(String opening) {
        return switch (opening) {
            case "(" -> ")";
            case "[" -> "]";
            default -> "}";
        };
    }

    private Matcher at(Pattern pattern) {
        return pattern.matcher(template).region(position, template.length()).useTransparentBounds(true);
    }

    private void add(Token.Type type, String text) {
        tokens.add(new Token(type, text, position));
        position += text.length();
    }
}
