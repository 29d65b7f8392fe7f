package io.alicia.mqtt.homeassistant.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The methods of texts and dictionaries that can be evaluated here. */
final class Methods {

    /** A method that is named and not yet called. */
    record Method(Object target, String name) {}

    /** Names by which Python gives a method of a dictionary, whatever keys it has. */
    private static final Set<String> OF_DICTIONARY = Set.of(
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values");

    private Methods() {}

    static boolean isOfDictionary(String name) {
        return OF_DICTIONARY.contains(name);
    }

    static Object call(Method method, Given given) {
        if (method.target() instanceof String text) {
            return ofText(text, method.name(), given);
        }
        if (method.target() instanceof Map<?, ?> map) {
            return ofDictionary(map, method.name(), given);
        }
        throw new CannotEvaluateException("the method " + method.name() + " is not known here");
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
            case "isdigit" -> isDigits(text, given.only());
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

    private static boolean isDigits(String text, Given unused) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
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
