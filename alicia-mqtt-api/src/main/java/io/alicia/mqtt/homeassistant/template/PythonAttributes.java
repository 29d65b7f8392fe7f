package io.alicia.mqtt.homeassistant.template;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which attributes Python's own values have; any other one is undefined for Jinja. */
final class PythonAttributes {

    private static final Set<String> OF_TEXT = words("""
            capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha
            isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower
            lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split
            splitlines startswith strip swapcase title translate upper zfill
            """);
    private static final Set<String> OF_DICTIONARY =
            words("clear copy fromkeys get items keys pop popitem setdefault update values");
    private static final Set<String> OF_LIST =
            words("append clear copy count extend index insert pop remove reverse sort");
    private static final Set<String> CHANGES_DICTIONARY = words("clear pop popitem setdefault update");
    private static final Set<String> CHANGES_LIST = words("append clear extend insert pop remove reverse sort");
    private static final Set<String> OF_TUPLE = words("count index");
    private static final Set<String> OF_NUMBER = words("""
            as_integer_ratio bit_count bit_length conjugate denominator from_bytes fromhex hex imag is_integer numerator
            real to_bytes
            """);

    private PythonAttributes() {}

    static boolean isOfDictionary(String name) {
        return OF_DICTIONARY.contains(name);
    }

    /** Whether it is written as Python's own names are. */
    static boolean isInternal(String name) {
        return name.startsWith("__") && name.endsWith("__");
    }

    /** Whether it would change the value: for Jinja's sandbox that is undefined, and an error where it is used. */
    static boolean isForbidden(Object value, String name) {
        return (value instanceof Map && CHANGES_DICTIONARY.contains(name))
                || (value instanceof List && CHANGES_LIST.contains(name));
    }

    /** Whether a value has the attribute; one of Python's own between underscores may be there, and be forbidden. */
    static boolean has(Object value, String name) {
        if (isInternal(name)) {
            return true;
        }
        if (value instanceof String) {
            return OF_TEXT.contains(name);
        }
        if (value instanceof Map) {
            return OF_DICTIONARY.contains(name);
        }
        if (value instanceof List) {
            return OF_LIST.contains(name);
        }
        if (value instanceof Values.Tuple) {
            return OF_TUPLE.contains(name);
        }
        return Operators.isNumber(value) && OF_NUMBER.contains(name);
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
