package io.alicia.mqtt.homeassistant.check;

import io.alicia.mqtt.homeassistant.template.TemplateSyntax;
import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Texts and what is written as text: icons, URLs, regular expressions, templates. */
final class TextChecks {

    private TextChecks() {}

    /** Also numbers and booleans, which become text. */
    static Outcome text(JsonValue value, String path) {
        if (value instanceof JsonNull || value instanceof JsonArray || value instanceof JsonObject) {
            return Outcome.refused(path, path + " takes text, not " + ValueCheck.shown(value));
        }
        return new Outcome.Kept(value instanceof JsonString ? value : new JsonString(PythonText.of(value)));
    }

    /** Only text. */
    static Outcome strictText(JsonValue value, String path) {
        return value instanceof JsonString
                ? new Outcome.Kept(value)
                : Outcome.refused(path, path + " takes text, not " + ValueCheck.shown(value));
    }

    /** {@code prefix:name}; Home Assistant looks for the colon alone. */
    static Outcome icon(JsonValue value, String path) {
        String text = PythonText.of(value);
        return text.contains(":")
                ? new Outcome.Kept(new JsonString(text))
                : Outcome.refused(path, path + " takes prefix:name such as mdi:lamp, not " + ValueCheck.shown(value));
    }

    /** An absolute URL of one of the schemes, with a host. */
    static ValueCheck url(List<String> schemes) {
        return (value, path) -> {
            String text = PythonText.of(value);
            return PythonUrl.isOne(text, schemes)
                    ? new Outcome.Kept(new JsonString(text))
                    : Outcome.refused(
                            path,
                            path + " takes a URL with host that begins with " + String.join(":// or ", schemes)
                                    + "://, not " + ValueCheck.shown(value));
        };
    }

    /** One of the values in any letter case; kept in upper case. */
    static ValueCheck inUpperCase(List<JsonValue> values) {
        return (value, path) -> {
            JsonValue upper = new JsonString(PythonText.of(value).toUpperCase(Locale.ROOT));
            return values.contains(upper)
                    ? new Outcome.Kept(upper)
                    : Outcome.refused(
                            path,
                            path + " takes one of "
                                    + values.stream().map(PythonText::of).collect(Collectors.joining(", ")) + ", not "
                                    + ValueCheck.shown(value));
        };
    }

    /** A regular expression of Python. */
    static Outcome regex(JsonValue value, String path) {
        if (!(value instanceof JsonString text)) {
            return Outcome.refused(path, path + " takes a regular expression as text, not " + ValueCheck.shown(value));
        }
        try {
            PythonRegex.require(text.value());
            return new Outcome.Kept(value);
        } catch (RegexSource.TooMany e) {
            return Outcome.crashed("OverflowError", path + " is not a regular expression: " + e.getDescription());
        } catch (PatternSyntaxException e) {
            return Outcome.refused(
                    path, path + " is not a regular expression: " + e.getDescription() + " near index " + e.getIndex());
        }
    }

    /** A template whose syntax Jinja understands; numbers and booleans become text. */
    static Outcome template(JsonValue value, String path) {
        if (value instanceof JsonNull || value instanceof JsonArray || value instanceof JsonObject) {
            return Outcome.refused(path, path + " takes a template as text, not " + ValueCheck.shown(value));
        }
        String text = PythonText.of(value);
        Optional<String> error = TemplateSyntax.error(text);
        if (TemplateSyntax.isRefusedByPython(text)) {
            return Outcome.crashed("SyntaxError", path + " is not a template: " + error.orElse(""));
        }
        return error.isPresent()
                ? Outcome.refused(path, path + " is not a template: " + error.get())
                : new Outcome.Kept(value instanceof JsonString ? value : new JsonString(text));
    }
}
