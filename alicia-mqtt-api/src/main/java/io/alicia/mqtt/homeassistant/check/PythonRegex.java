package io.alicia.mqtt.homeassistant.check;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a text is a regular expression of Python 3.14. It is read by Python's grammar and not compiled to anything: the
 * question is only whether Home Assistant refuses it.
 */
final class PythonRegex {

    /** Python itself gives up at some depth, as its stack is bounded. */
    private static final int MAX_DEPTH = 200;

    private static final String FLAGS = "aiLmsux";
    private static final String POSITIONS = "AbBzZ";
    private static final String SETS = "dDsSwW";

    /** What one thing in a sequence is to whatever would repeat it. */
    private enum Item {
        NOTHING,
        POSITION,
        REPEATED,
        REPEATABLE
    }

    private final RegexSource source;
    private final RegexGroups groups;
    private final RegexEscapes escapes;
    private int depth;

    private PythonRegex(String python) {
        source = new RegexSource(python);
        groups = new RegexGroups(source);
        escapes = new RegexEscapes(source);
    }

    /** Throws if it is none; the index is that in the text. */
    static void require(String python) {
        boolean verbose = new PythonRegex(python).whole(false);
        if (verbose) {
            new PythonRegex(python).whole(true);
        }
    }

    /** Reads it all, and gives whether it asks at its start to be read anew with blanks and comments left out. */
    private boolean whole(boolean verbose) {
        boolean asks = globalFlags(verbose) && !verbose;
        if (asks) {
            return true;
        }
        alternatives(verbose);
        if (source.peek() != RegexSource.END) {
            throw source.refused("a parenthesis is closed that is not open");
        }
        groups.requireConditions();
        return false;
    }

    /** Flags for all of it, before which only comments may stand; gives whether one of them leaves out blanks. */
    private boolean globalFlags(boolean verbose) {
        boolean asks = false;
        while (true) {
            int begin = source.index();
            if (verbose && skippedBlank()) {
                continue;
            }
            boolean inParentheses = source.skip('(') && source.skip('?');
            if (inParentheses && source.skip('#')) {
                comment();
                continue;
            }
            String flags = inParentheses ? source.take(Integer.MAX_VALUE, c -> FLAGS.indexOf(c) >= 0) : "";
            if (flags.isEmpty() || !source.skip(')')) {
                source.back(begin);
                return asks;
            }
            requireFlags(flags);
            asks |= flags.indexOf('x') >= 0;
        }
    }

    private void comment() {
        source.until(')', "the comment is not closed");
    }

    private Width alternatives(boolean verbose) {
        if (++depth > MAX_DEPTH) {
            throw source.refused("nested too deeply");
        }
        Width width = sequence(verbose);
        while (source.skip('|')) {
            width = width.or(sequence(verbose));
        }
        depth--;
        return width;
    }

    private Width sequence(boolean verbose) {
        Width before = Width.NONE;
        Width last = Width.NONE;
        Item item = Item.NOTHING;
        while (source.peek() != RegexSource.END && source.peek() != '|' && source.peek() != ')') {
            if (verbose && skippedBlank()) {
                continue;
            }
            Repetition repetition = repetition();
            if (repetition != null) {
                requireRepeatable(item);
                last = last.times(repetition.least(), repetition.most());
                item = Item.REPEATED;
                continue;
            }
            int begin = source.index();
            Width width = source.skip('(') ? group(verbose) : single();
            if (width == null) {
                // A comment leaves no trace.
                continue;
            }
            before = before.then(last);
            last = width;
            item = isPosition(begin) ? Item.POSITION : Item.REPEATABLE;
        }
        return before.then(last);
    }

    private boolean skippedBlank() {
        if (source.peek() == '#') {
            lineComment();
            return true;
        }
        return !source.take(1, c -> " \t\n\r\u000B\f".indexOf(c) >= 0).isEmpty();
    }

    /** Up to the end of the line, if no backslash stands before it. */
    private void lineComment() {
        for (int c = source.next(); c != RegexSource.END && c != '\n'; c = source.next()) {
            if (c == '\\') {
                escapes.escaped();
            }
        }
    }

    private void requireRepeatable(Item item) {
        switch (item) {
            case NOTHING, POSITION -> throw source.refused("there is nothing to repeat");
            case REPEATED -> throw source.refused("what repeats already cannot be repeated");
            case REPEATABLE -> {
                // As it should be.
            }
        }
    }

    private boolean isPosition(int begin) {
        int end = source.index();
        source.back(begin);
        int first = source.next();
        boolean position = first == '^' || first == '$' || (first == '\\' && POSITIONS.indexOf(source.peek()) >= 0);
        source.back(end);
        return position;
    }

    /** How often something is repeated. */
    private record Repetition(long least, long most) {}

    private @Nullable Repetition repetition() {
        Repetition repetition = null;
        if (source.skip('*')) {
            repetition = new Repetition(0, Width.LIMIT);
        } else if (source.skip('+')) {
            repetition = new Repetition(1, Width.LIMIT);
        } else if (source.skip('?')) {
            repetition = new Repetition(0, 1);
        } else if (source.peek() == '{') {
            repetition = braces();
        }
        if (repetition != null && !source.skip('?')) {
            source.skip('+');
        }
        return repetition;
    }

    /** Braces that say nothing of a number are text. */
    private @Nullable Repetition braces() {
        int begin = source.index();
        source.skip('{');
        String least = source.take(Integer.MAX_VALUE, RegexEscapes::isDigit);
        boolean comma = source.skip(',');
        String most = comma ? source.take(Integer.MAX_VALUE, RegexEscapes::isDigit) : least;
        if (!source.skip('}') || (least.isEmpty() && !comma)) {
            source.back(begin);
            return null;
        }
        Repetition repetition =
                new Repetition(least.isEmpty() ? 0 : count(least), most.isEmpty() ? Width.LIMIT : count(most));
        if (repetition.most() < repetition.least()) {
            throw source.refused("the most is below the least in {" + least + "," + most + "}");
        }
        return repetition;
    }

    private long count(String digits) {
        // Leading zeros are allowed, in any number.
        String significant = digits.replaceFirst("^0+(?=.)", "");
        if (significant.length() > 10 || Long.parseLong(significant) >= Width.LIMIT) {
            throw source.tooMany("too many repetitions: " + digits);
        }
        return Long.parseLong(significant);
    }

    private Width single() {
        int c = source.next();
        return switch (c) {
            case '[' -> characterClass();
            case '^', '$' -> Width.NONE;
            case '\\' -> escape();
            default -> Width.ONE;
        };
    }

    private Width escape() {
        int c = escapes.escaped();
        if (POSITIONS.indexOf(c) >= 0) {
            return Width.NONE;
        }
        if (SETS.indexOf(c) >= 0) {
            return Width.ONE;
        }
        if (c == '0') {
            source.take(2, RegexEscapes::isOctal);
            return Width.ONE;
        }
        if (RegexEscapes.isDigit(c)) {
            return reference((char) c);
        }
        escapes.character(c);
        return Width.ONE;
    }

    /** Three octal digits are a character, others are the number of a group. */
    private Width reference(char first) {
        String digits = first + source.take(1, RegexEscapes::isDigit);
        if (digits.length() == 2 && digits.chars().allMatch(RegexEscapes::isOctal)) {
            String third = source.take(1, RegexEscapes::isOctal);
            if (!third.isEmpty()) {
                escapes.octal(digits + third);
                return Width.ONE;
            }
        }
        return groups.reference(Integer.parseInt(digits));
    }

    private Width characterClass() {
        source.skip('^');
        boolean first = true;
        while (first || source.peek() != ']') {
            first = false;
            OptionalInt from = classMember();
            int dash = source.index();
            if (!source.skip('-')) {
                continue;
            }
            if (source.peek() == ']') {
                source.back(dash);
                source.skip('-');
                break;
            }
            OptionalInt to = classMember();
            if (from.isEmpty() || to.isEmpty() || from.getAsInt() > to.getAsInt()) {
                throw source.refused("the range in the character class is none");
            }
        }
        source.skip(']');
        return Width.ONE;
    }

    private OptionalInt classMember() {
        int c = source.next();
        if (c == RegexSource.END) {
            throw source.refused("the character class is not closed");
        }
        return c == '\\' ? escapes.inClass() : OptionalInt.of(c);
    }

    /** Reads behind an opening parenthesis; gives nothing for a comment. */
    private @Nullable Width group(boolean verbose) {
        if (!source.skip('?')) {
            return capturing(null, verbose);
        }
        int kind = source.next();
        return switch (kind) {
            case 'P' -> named(verbose);
            case ':', '>' -> closed(alternatives(verbose));
            case '#' -> {
                comment();
                yield null;
            }
            case '=', '!' -> {
                closed(alternatives(verbose));
                yield Width.NONE;
            }
            case '<' -> behind(verbose);
            case '(' -> conditional(verbose);
            default -> {
                source.back(source.index() - (kind == RegexSource.END ? 0 : Character.charCount(kind)));
                yield closed(alternatives(scopedFlags(verbose)));
            }
        };
    }

    private Width capturing(@Nullable String name, boolean verbose) {
        int group = groups.open(name);
        Width width = closed(alternatives(verbose));
        groups.close(group, width);
        return width;
    }

    private Width closed(Width width) {
        if (!source.skip(')')) {
            throw source.refused("the parenthesis is not closed");
        }
        return width;
    }

    private Width named(boolean verbose) {
        if (source.skip('<')) {
            return capturing(identifier(source.until('>', "the group's name is not closed")), verbose);
        }
        if (source.skip('=')) {
            return groups.reference(groups.named(identifier(source.until(')', "the group's name is not closed"))));
        }
        throw source.refused("Python has no such group");
    }

    private String identifier(String name) {
        if (!isIdentifier(name)) {
            throw source.refused("not a name for a group: \"" + name + "\"");
        }
        return name;
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && (name.codePointAt(0) == '_' || Character.isUnicodeIdentifierStart(name.codePointAt(0)))
                && name.codePoints()
                        .allMatch(c -> c == '_'
                                || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c)));
    }

    private Width behind(boolean verbose) {
        if (!source.skip('=') && !source.skip('!')) {
            throw source.refused("Python has no such group");
        }
        int outer = groups.enterBehind();
        Width width = closed(alternatives(verbose));
        groups.leaveBehind(outer);
        if (!width.isFixed()) {
            throw source.refused("a look-behind takes only what has one width");
        }
        return Width.NONE;
    }

    private Width conditional(boolean verbose) {
        String condition = source.until(')', "the condition is not closed");
        groups.condition(isIdentifier(condition) ? groups.named(condition) : number(condition));
        Width then = sequence(verbose);
        Width otherwise = Width.NONE;
        if (source.skip('|')) {
            otherwise = sequence(verbose);
            if (source.peek() == '|') {
                throw source.refused("a condition has two branches at most");
            }
        }
        return closed(then.or(otherwise));
    }

    private int number(String condition) {
        if (!condition.matches("[0-9]{1,8}") || Integer.parseInt(condition) == 0) {
            throw source.refused("not a group: \"" + condition + "\"");
        }
        return Integer.parseInt(condition);
    }

    /** Flags for a group, up to the colon; gives whether blanks are left out in it. */
    private boolean scopedFlags(boolean verbose) {
        String on = source.take(Integer.MAX_VALUE, c -> FLAGS.indexOf(c) >= 0);
        requireFlags(on);
        if (!on.isEmpty() && source.peek() == ')') {
            throw source.refused("flags for the whole expression belong at its start");
        }
        boolean turnsOff = source.skip('-');
        String off = turnsOff ? source.take(Integer.MAX_VALUE, c -> FLAGS.indexOf(c) >= 0) : "";
        if ((on.isEmpty() && off.isEmpty()) || (turnsOff && off.isEmpty()) || !source.skip(':')) {
            throw source.refused("Python has no such group");
        }
        Set<Integer> both = new HashSet<>(on.chars().boxed().toList());
        both.retainAll(off.chars().boxed().toList());
        if (!both.isEmpty() || off.chars().anyMatch(c -> "auL".indexOf(c) >= 0)) {
            throw source.refused("the flags " + off + " cannot be turned off here");
        }
        return (verbose || on.indexOf('x') >= 0) && off.indexOf('x') < 0;
    }

    private void requireFlags(String flags) {
        if (flags.indexOf('L') >= 0 || (flags.indexOf('a') >= 0 && flags.indexOf('u') >= 0)) {
            throw source.refused("the flags " + flags + " do not go together in a text");
        }
    }
}
