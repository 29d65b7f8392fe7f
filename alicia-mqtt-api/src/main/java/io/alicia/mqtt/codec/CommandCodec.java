package io.alicia.mqtt.codec;

import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandNames;
import io.alicia.mqtt.payload.JsonNull;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.payload.WireForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a command in any of its three forms; writes it in the form that it came in, or in {@code form}. */
record CommandCodec(Form form) implements JsonCodec<Command> {

    /** A form of a command on the wire. */
    enum Form {
        /** Arguments side by side: {@code {"command":"set_volume","volume":30}}. */
        SHORT,
        /** Arguments apart: {@code {"command":"set_volume","parameters":{"volume":30}}}. */
        BUS,
        /** The command in the names of the arguments: {@code {"speaker":"kitchen","volume":30}}. */
        OLDER_SONOS
    }

    @Override
    public Command fromJson(JsonValue json) {
        JsonObject object = Shapes.object(json);
        Command.Builder command = Command.builder().wireForm(WireForm.of(object));
        switch (formOf(object)) {
            case BUS -> readBus(object, command);
            case SHORT -> command.name(text(object, "command")).arguments(without(object, "command"));
            case OLDER_SONOS -> readOlderSonos(object, command);
        }
        try {
            return command.build();
        } catch (IllegalArgumentException e) {
            throw new PayloadException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Form formOf(JsonObject object) {
        if (!Shapes.has(object, "command")) {
            return Form.OLDER_SONOS;
        }
        return areParameters(object.getOrNull("parameters")) ? Form.BUS : Form.SHORT;
    }

    private static void readBus(JsonObject object, Command.Builder command) {
        command.name(text(object, "command"));
        if (object.getOrNull("parameters") instanceof JsonObject parameters) {
            command.arguments(parameters.members());
        }
        command.additional(without(object, "command", "parameters"));
    }

    private static void readOlderSonos(JsonObject object, Command.Builder command) {
        // Where they are there all the same they are null: a command in another form names itself.
        command.arguments(without(object, "command", "action"));
        if (Shapes.has(object, "action")) {
            command.name(text(object, "action"));
        } else if (Shapes.has(object, "master")) {
            command.name(CommandNames.GROUP);
        } else if (Shapes.has(object, "volume")) {
            command.name(CommandNames.SET_VOLUME);
        } else {
            throw new PayloadException(
                    "command: it is missing, and so are action, master and volume of older commands");
        }
    }

    private static String text(JsonObject object, String name) {
        try {
            return Shapes.text(object.members().getOrDefault(name, JsonNull.NULL));
        } catch (PayloadException e) {
            throw e.within(name);
        }
    }

    private static Map<String, JsonValue> without(JsonObject object, String... names) {
        JsonObject.Builder rest = object.toBuilder();
        for (String name : names) {
            rest.remove(name);
        }
        return rest.build().members();
    }

    @Override
    public JsonValue toJson(Command command) {
        JsonObject decodedFrom = command.wireForm().decodedFrom().orElse(null);
        JsonObject like = decodedFrom != null ? decodedFrom : JsonObject.empty();
        Form wanted = decodedFrom != null ? formOf(decodedFrom) : form;
        if (wanted == Form.OLDER_SONOS) {
            return ordered(like, decodedFrom != null ? olderSonosLike(command, like) : olderSonos(command));
        }
        boolean bus = wanted == Form.BUS || !fitsShort(command);
        return ordered(like, bus ? bus(command, like) : shortForm(command));
    }

    /** Whether the short form would be read back as the same command. */
    private static boolean fitsShort(Command command) {
        return command.additional().isEmpty()
                && !command.arguments().containsKey("command")
                && !areParameters(command.arguments().get("parameters"));
    }

    private static boolean areParameters(@Nullable JsonValue value) {
        return value instanceof JsonObject || value == JsonNull.NULL;
    }

    private static Map<String, JsonValue> shortForm(Command command) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("command", new JsonString(command.name()));
        members.putAll(command.arguments());
        return members;
    }

    private static Map<String, JsonValue> bus(Command command, JsonObject like) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("command", new JsonString(command.name()));
        JsonValue parameters = like.members().getOrDefault("parameters", JsonObject.empty());
        boolean sentNull = parameters == JsonNull.NULL && command.arguments().isEmpty();
        JsonObject order = parameters instanceof JsonObject object ? object : JsonObject.empty();
        members.put("parameters", sentNull ? parameters : ordered(order, command.arguments()));
        command.additional().forEach(members::putIfAbsent);
        return members;
    }

    /** A command made by hand; it is refused if a speaker could not tell what to do. */
    private static Map<String, JsonValue> olderSonos(Command command) {
        String needed = telling(command);
        Map<String, JsonValue> members = new LinkedHashMap<>(command.arguments());
        if (needed.equals("action")) {
            members.put("action", new JsonString(command.name()));
        }
        requireMember(command, members, needed);
        if (!needed.equals("master")) {
            requireMember(command, members, "speaker");
        }
        return members;
    }

    /** A command that came in this form, in the same; in the short one, if it was changed so that it fits no more. */
    private static Map<String, JsonValue> olderSonosLike(Command command, JsonObject like) {
        String telling = Shapes.has(like, "action") ? "action" : telling(command);
        Map<String, JsonValue> members = new LinkedHashMap<>(command.arguments());
        if (telling.equals("action")) {
            members.put("action", new JsonString(command.name()));
        }
        if (members.getOrDefault(telling, JsonNull.NULL) == JsonNull.NULL) {
            return shortForm(command);
        }
        for (String name : List.of("command", "action")) {
            if (like.getOrNull(name) == JsonNull.NULL) {
                members.putIfAbsent(name, JsonNull.NULL);
            }
        }
        return members;
    }

    /** The member by which this form tells one command from another. */
    private static String telling(Command command) {
        return switch (command.name()) {
            case CommandNames.SET_VOLUME -> "volume";
            case CommandNames.GROUP -> "master";
            default -> "action";
        };
    }

    private static void requireMember(Command command, Map<String, JsonValue> members, String name) {
        if (!members.containsKey(name)) {
            throw new IllegalArgumentException("the older Sonos form of " + command.name() + " needs the argument "
                    + name + (name.equals("speaker") ? ": Command.forSpeaker gives it" : ""));
        }
    }

    /** The members, in the order of {@code like} as far as that has them. */
    private static JsonObject ordered(JsonObject like, Map<String, JsonValue> members) {
        JsonObject.Builder ordered = JsonObject.builder();
        for (String name : like.members().keySet()) {
            JsonValue value = members.get(name);
            if (value != null) {
                ordered.put(name, value);
            }
        }
        return ordered.putAll(members).build();
    }
}
