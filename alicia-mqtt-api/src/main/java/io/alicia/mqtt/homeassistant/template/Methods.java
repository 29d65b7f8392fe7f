package io.alicia.mqtt.homeassistant.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The methods of texts and dictionaries that can be evaluated here. */
final class Methods {

    /** A method that is named and not yet called. */
    record Method(Object target, String name) {}

    private static final int LONGEST_FILLING = 10_000;

    private Methods() {}

    static Object call(Method method, Given given) {
        if (method.target() instanceof String text) {
            return ofText(text, method.name(), given);
        }
        if (method.target() instanceof Map<?, ?> map) {
            return ofDictionary(map, method.name(), given);
        }
        boolean isSequence = method.target() instanceof List || method.target() instanceof Values.Tuple;
        if (isSequence && (method.name().equals("index") || method.name().equals("count"))) {
            return ofSequence(Values.elements(method.target()), method.name(), given.only("value"));
        }
        throw new CannotEvaluateException("the method " + method.name() + " is not known here");
    }

    private static Object ofSequence(List<Object> elements, String name, Given given) {
        Object sought = given.require(0, "value");
        if (name.equals("count")) {
            return BigInteger.valueOf(elements.stream()
                    .filter(element -> Operators.equal(element, sought))
                    .count());
        }
        for (int i = 0; i < elements.size(); i++) {
            if (Operators.equal(elements.get(i), sought)) {
                return BigInteger.valueOf(i);
            }
        }
        throw new CannotEvaluateException(Values.kind(sought) + " is not in the list");
    }

    private static Object ofDictionary(Map<?, ?> map, String name, Given given) {
        return switch (name) {
            case "get" -> got(map, given.only("key", "default"));
            case "keys" -> keys(map, given.only());
            case "values" -> values(map, given.only());
            case "items" -> items(map, given.only());
            default -> throw new CannotEvaluateException("the method " + name + " is not known here");
        };
    }

    private static Object got(Map<?, ?> map, Given given) {
        Object value = map.get(given.require(0, "key"));
        return value == null ? given.get(1, "default").orElse(Values.NONE) : value;
    }

    private static Object keys(Map<?, ?> map, Given unused) {
        return new ArrayList<Object>(map.keySet());
    }

    private static Object values(Map<?, ?> map, Given unused) {
        return new ArrayList<Object>(map.values());
    }

    private static Object items(Map<?, ?> map, Given unused) {
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> items.add(new Values.Tuple(List.of(key, value))));
        return items;
    }

    private static Object ofText(String text, String name, Given given) {
        return switch (name) {
            case "upper" -> cased(text.toUpperCase(Locale.ROOT), given.only());
            case "lower" -> cased(text.toLowerCase(Locale.ROOT), given.only());
            case "capitalize" -> cased(Filters.capitalized(text), given.only());
            case "strip" -> stripped(text, given.only("chars"), true, true);
            case "lstrip" -> stripped(text, given.only("chars"), true, false);
            case "rstrip" -> stripped(text, given.only("chars"), false, true);
            case "split" -> split(text, given.only("sep", "maxsplit"));
            case "startswith" -> text.startsWith(given.only("prefix").text(0, "prefix"));
            case "endswith" -> text.endsWith(given.only("suffix").text(0, "suffix"));
            case "replace" -> text.replace(given.only("old", "new").text(0, "old"), given.text(1, "new"));
            case "find" -> BigInteger.valueOf(found(text, given.only("sub")));
            case "index" -> index(text, given.only("sub"));
            case "count" -> count(text, given.only("sub"));
            case "join" -> joined(text, given.only("iterable"));
            case "format" -> BraceFormatting.formatted(text, given);
            case "zfill" -> zeroFilled(text, given.only("width"));
            case "ljust" -> text + filling(text, given.only("width", "fillchar"));
            case "rjust" -> filling(text, given.only("width", "fillchar")) + text;
            case "removeprefix" -> withoutPrefix(text, given.only("prefix").text(0, "prefix"));
            case "removesuffix" -> withoutSuffix(text, given.only("suffix").text(0, "suffix"));
            case "isdigit", "isdecimal", "isnumeric" -> isDigits(text, given.only());
            default -> throw new CannotEvaluateException("the method " + name + " of a text is not known here");
        };
    }

    private static String cased(String text, Given unused) {
        return text;
    }

    private static long found(String text, Given given) {
        int at = text.indexOf(given.text(0, "sub"));
        return at < 0 ? at : text.codePointCount(0, at);
    }

    private static Object index(String text, Given given) {
        long found = found(text, given);
        if (found < 0) {
            throw new CannotEvaluateException(Values.kind(given.text(0, "sub")) + " is not in " + Values.kind(text));
        }
        return BigInteger.valueOf(found);
    }

    private static Object count(String text, Given given) {
        String sub = given.text(0, "sub");
        return BigInteger.valueOf(
                sub.isEmpty()
                        ? Strings.length(text) + 1L
                        : Strings.split(text, sub).size() - 1L);
    }

    private static String joined(String between, Given given) {
        List<String> parts = new ArrayList<>();
        for (Object part : Values.elements(given.require(0, "iterable"))) {
            if (!(part instanceof String text)) {
                throw new CannotEvaluateException("join takes texts, not " + Values.kind(part));
            }
            parts.add(text);
        }
        return String.join(between, parts);
    }

    private static String zeroFilled(String text, Given given) {
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + "0".repeat(missing(text, given)) + text.substring(sign);
    }

    private static String filling(String text, Given given) {
        String fill = given.get(1, "fillchar").isPresent() ? given.text(1, "fillchar") : " ";
        if (Strings.length(fill) != 1) {
            throw new CannotEvaluateException("a text is filled up with one character, not with " + Values.kind(fill));
        }
        return fill.repeat(missing(text, given));
    }

    private static int missing(String text, Given given) {
        int missing = given.whole(0, "width", 0) - Strings.length(text);
        if (missing > LONGEST_FILLING) {
            throw new CannotEvaluateException("a text is filled up to more than " + LONGEST_FILLING);
        }
        return Math.max(0, missing);
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String withoutSuffix(String text, String suffix) {
        return !suffix.isEmpty() && text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** Other digits than these are digits for Python as well, with each of the methods another set of them. */
    private static boolean isDigits(String text, Given unused) {
        if (!text.chars().allMatch(c -> c < 0x80)) {
            throw new CannotEvaluateException("whether " + Values.kind(text) + " are digits");
        }
        return Strings.isDigits(text);
    }

    static String stripped(String text, Given given, boolean left, boolean right) {
        String chars = given.get(0, "chars")
                .filter(value -> value != Values.NONE)
                .map(Values::text)
                .orElse("");
        int from = 0;
        int to = text.length();
        while (left && from < to && isStripped(text.charAt(from), chars)) {
            from++;
        }
        while (right && to > from && isStripped(text.charAt(to - 1), chars)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isStripped(char c, String chars) {
        return chars.isEmpty() ? Character.isWhitespace(c) || c == '\u00A0' : chars.indexOf(c) >= 0;
    }

    private static Object split(String text, Given given) {
        int most = given.whole(1, "maxsplit", -1);
        if (given.get(0, "sep").filter(value -> value != Values.NONE).isEmpty()) {
            if (most >= 0) {
                throw new CannotEvaluateException("split at white space with a maximum");
            }
            return new ArrayList<Object>(Arrays.stream(text.strip().split("\\s+"))
                    .filter(part -> !part.isEmpty())
                    .toList());
        }
        String separator = given.text(0, "sep");
        if (separator.isEmpty()) {
            throw new CannotEvaluateException("split at nothing");
        }
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator);
                at >= 0 && (most < 0 || parts.size() < most);
                at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }
}
