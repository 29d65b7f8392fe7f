package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.ButtonEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.EntityName;
import io.alicia.mqtt.homeassistant.component.NotifyEntity;
import io.alicia.mqtt.homeassistant.component.NumberEntity;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.component.TemplateLightEntity;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.BulbStatus;
import io.alicia.mqtt.payload.CommandNames;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import io.alicia.mqtt.payload.LightColor;
import io.alicia.mqtt.payload.SpeakerStatus;
import io.alicia.mqtt.topic.AliciaTopics;
import io.alicia.mqtt.topic.NoLevels;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What can be seen of a device and told to it, by the status that it publishes and the commands of the house. */
final class DeviceParts {

    /** Fields that tell which device it is and when it spoke, not how it is. */
    private static final Set<String> ABOUT_THE_MESSAGE =
            Set.of("device_id", "speaker_id", "device_type", "timestamp", "last_seen", "location", "status");

    private static final String PLAYBACK = "playback_state";
    private static final String TRANSPORT = "transport_state";
    private static final String BRIGHTNESS = "brightness";
    private static final String COLOR = "color";
    private static final String STATE = "state";
    private static final String COMMAND = "command";

    private static final Template SET_COLOR =
            Template.of("{\"command\":\"" + CommandNames.SET_COLOR + "\",\"color\":{{ value | to_json }}}");

    private DeviceParts() {}

    static Map<String, Component> of(Wiring wiring) {
        Seen seen = wiring.seen();
        String type = seen.text("device_type").orElse("");
        boolean bulb = type.equals(BulbStatus.DEVICE_TYPE)
                || (type.isEmpty() && seen.has(STATE) && (seen.has(BRIGHTNESS) || seen.has(COLOR)));
        boolean speaker = type.equals(SpeakerStatus.DEVICE_TYPE) || seen.has("speaker_id") || seen.has(TRANSPORT);
        Set<String> known = new HashSet<>(ABOUT_THE_MESSAGE);
        Map<String, Component> parts = new TreeMap<>();
        if (bulb) {
            known.addAll(Set.of(STATE, BRIGHTNESS, COLOR));
            parts.putAll(bulb(wiring));
        } else if (speaker) {
            known.addAll(Set.of(PLAYBACK, TRANSPORT, "volume", "volume_percent"));
            parts.putAll(speaker(wiring));
        } else {
            seen.text(STATE).flatMap(OnOff::of).ifPresent(words -> {
                known.add(STATE);
                TypeWords what = TypeWords.of(type);
                boolean switched = words.isOfSwitch() && !what.isShownAlone();
                parts.put(switched ? "switch" : STATE, switched ? onOff(wiring, words) : shown(wiring, words, what));
            });
        }
        SensorParts.of(wiring, known).forEach(parts::putIfAbsent);
        return parts;
    }

    private static Map<String, Component> bulb(Wiring wiring) {
        Map<String, Component> parts = new TreeMap<>();
        boolean dims = wiring.seen().has(BRIGHTNESS);
        TemplateLightEntity.Builder light = TemplateLightEntity.builder()
                .uniqueId(wiring.uniqueId("light"))
                .name(EntityName.ofDevice())
                .availability(wiring.availability())
                .commandTopic(wiring.commandTopic())
                .commandOnTemplate(Template.of("{\"command\":\"" + CommandNames.TURN_ON + "\""
                        + (dims ? "{% if brightness is defined %},\"brightness\":{{ brightness }}{% endif %}" : "")
                        + "}"))
                .commandOffTemplate(Template.of(command(CommandNames.TURN_OFF)))
                .stateTopic(wiring.stateTopic())
                .stateTemplate(wiring.template(STATE));
        if (dims) {
            // The house has percent in a status and 0 to 255 in a command; Home Assistant has 0 to 255 in both.
            light.brightnessTemplate(Template.of(
                    "{{ (" + wiring.expression(BRIGHTNESS) + " | default(0) | float(0) * 2.55) | round }}"));
        }
        parts.put("light", light.build());
        if (wiring.seen().has(COLOR)) {
            parts.put("color", color(wiring));
        }
        return parts;
    }

    private static Component color(Wiring wiring) {
        return wiring.seen().colors().size() > Seen.MOST_COLORS ? writtenColor(wiring) : chosenColor(wiring);
    }

    private static Component chosenColor(Wiring wiring) {
        return SelectEntity.builder()
                .uniqueId(wiring.uniqueId(COLOR))
                .name("Color")
                .availability(wiring.availability())
                .commandTopic(wiring.commandTopic())
                .commandTemplate(SET_COLOR)
                .options(colors(wiring.seen()))
                .stateTopic(wiring.stateTopic())
                .valueTemplate(wiring.template(COLOR))
                .build();
    }

    /** Any colour, as the house has it, where there are too many to choose from. */
    private static Component writtenColor(Wiring wiring) {
        return TextEntity.builder()
                .uniqueId(wiring.uniqueId(COLOR))
                .name("Color")
                .availability(wiring.availability())
                .commandTopic(wiring.commandTopic())
                .commandTemplate(SET_COLOR)
                .stateTopic(wiring.stateTopic())
                .valueTemplate(wiring.template(COLOR))
                .build();
    }

    /** The house's named colours, and those that the bulb has had: Home Assistant shows no other one. */
    private static Set<String> colors(Seen seen) {
        Set<String> colors = new TreeSet<>(seen.colors());
        List.of(LightColor.WARM_WHITE, LightColor.COOL_WHITE, LightColor.RED, LightColor.GREEN, LightColor.BLUE)
                .forEach(color -> colors.add(color.name()));
        return colors;
    }

    private static Component onOff(Wiring wiring, OnOff words) {
        return SwitchEntity.builder()
                .uniqueId(wiring.uniqueId("switch"))
                .name(EntityName.ofDevice())
                .availability(wiring.availability())
                .commandTopic(wiring.commandTopic())
                .payloadOn(command(CommandNames.TURN_ON))
                .payloadOff(command(CommandNames.TURN_OFF))
                .stateTopic(wiring.stateTopic())
                .stateOn(words.on())
                .stateOff(words.off())
                .valueTemplate(wiring.template(STATE))
                .build();
    }

    private static Component shown(Wiring wiring, OnOff words, TypeWords what) {
        return BinarySensorEntity.builder()
                .uniqueId(wiring.uniqueId(STATE))
                .name(EntityName.ofDevice())
                .availability(wiring.availability())
                .stateTopic(wiring.stateTopic())
                .payloadOn(words.on())
                .payloadOff(words.off())
                .valueTemplate(wiring.template(STATE))
                .deviceClass(what.deviceClass())
                .build();
    }

    private static Map<String, Component> speaker(Wiring wiring) {
        Map<String, Component> parts = new TreeMap<>();
        Seen seen = wiring.seen();
        Optional<String> volume =
                List.of("volume_percent", "volume").stream().filter(seen::has).findFirst();
        volume.ifPresent(field -> parts.put("volume", volume(wiring, field)));
        playback(wiring).ifPresent(template -> parts.put("playback", playback(wiring, template)));
        for (String name : List.of(
                CommandNames.PLAY, CommandNames.PAUSE, CommandNames.STOP, CommandNames.NEXT, CommandNames.PREVIOUS)) {
            parts.put(name, button(wiring, name));
        }
        parts.put("announce", announce(wiring));
        return parts;
    }

    private static Component volume(Wiring wiring, String field) {
        return NumberEntity.builder()
                .uniqueId(wiring.uniqueId("volume"))
                .name("Volume")
                .availability(wiring.availability())
                .commandTopic(wiring.commandTopic())
                .commandTemplate(
                        Template.of("{\"command\":\"" + CommandNames.SET_VOLUME + "\",\"volume\":{{ value | int }}}"))
                .stateTopic(wiring.stateTopic())
                .valueTemplate(wiring.template(field))
                .min(0)
                .max(100)
                .step(1)
                .unitOfMeasurement("%")
                .build();
    }

    private static Optional<Template> playback(Wiring wiring) {
        if (wiring.seen().has(PLAYBACK)) {
            return Optional.of(wiring.template(PLAYBACK));
        }
        return wiring.seen().has(TRANSPORT)
                ? Optional.of(Template.of("{{ {'PLAYING':'playing','PAUSED_PLAYBACK':'paused','STOPPED':'stopped',"
                        + "'TRANSITIONING':'transitioning'}[" + wiring.expression(TRANSPORT) + "] | default('') }}"))
                : Optional.empty();
    }

    private static Component playback(Wiring wiring, Template template) {
        return SensorEntity.builder()
                .uniqueId(wiring.uniqueId("playback"))
                .name("Playback")
                .availability(wiring.availability())
                .stateTopic(wiring.stateTopic())
                .valueTemplate(template)
                .deviceClass(SensorDeviceClass.ENUM)
                .options(List.of("playing", "paused", "stopped", "transitioning"))
                .build();
    }

    private static Component button(Wiring wiring, String name) {
        return ButtonEntity.builder()
                .uniqueId(wiring.uniqueId(name))
                .name(Wiring.title(name))
                .availability(wiring.availability())
                .commandTopic(wiring.commandTopic())
                .payloadPress(command(name))
                .build();
    }

    private static Component announce(Wiring wiring) {
        String speaker = new JsonString(wiring.seen().source().name()).toString();
        return NotifyEntity.builder()
                .uniqueId(wiring.uniqueId("announce"))
                .name("Announce")
                .availability(wiring.availability())
                .commandTopic(AliciaTopics.SPEAKERS_ANNOUNCE.name(NoLevels.NONE))
                .commandTemplate(Template.of("{\"speaker\":" + speaker + ",\"message\":{{ value | to_json }}}"))
                .build();
    }

    private static String command(String name) {
        return JsonObject.builder().put(COMMAND, name).build().toString();
    }
}
