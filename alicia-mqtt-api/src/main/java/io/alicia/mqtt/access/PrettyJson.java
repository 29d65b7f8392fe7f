package io.alicia.mqtt.access;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import java.util.Iterator;
import java.util.Map;

/** JSON over many lines, as people read it and version control compares it. */
final class PrettyJson {

    private PrettyJson() {}

    static String of(JsonValue value) {
        StringBuilder text = new StringBuilder();
        write(value, "", text);
        return text.toString();
    }

    private static void write(JsonValue value, String indent, StringBuilder text) {
        String inner = indent + "  ";
        if (value instanceof JsonObject object && !object.members().isEmpty()) {
            text.append("{\n");
            for (Iterator<Map.Entry<String, JsonValue>> members =
                            object.members().entrySet().iterator();
                    members.hasNext(); ) {
                Map.Entry<String, JsonValue> member = members.next();
                text.append(inner).append(new JsonString(member.getKey())).append(": ");
                write(member.getValue(), inner, text);
                text.append(members.hasNext() ? ",\n" : "\n");
            }
            text.append(indent).append('}');
        } else if (value instanceof JsonArray array && !array.values().isEmpty()) {
            text.append("[\n");
            for (Iterator<JsonValue> elements = array.values().iterator(); elements.hasNext(); ) {
                text.append(inner);
                write(elements.next(), inner, text);
                text.append(elements.hasNext() ? ",\n" : "\n");
            }
            text.append(indent).append(']');
        } else {
            text.append(value);
        }
    }
}
