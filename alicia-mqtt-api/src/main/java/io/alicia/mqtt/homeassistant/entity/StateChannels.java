package io.alicia.mqtt.homeassistant.entity;

import static io.alicia.mqtt.homeassistant.entity.Channels.onOff;

import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.CameraEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.DeviceTrackerEntity;
import io.alicia.mqtt.homeassistant.component.DeviceTrigger;
import io.alicia.mqtt.homeassistant.component.EventEntity;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.component.TemplateLightEntity;
import io.alicia.mqtt.homeassistant.component.Unchecked;
import io.alicia.mqtt.homeassistant.component.UpdateEntity;
import io.alicia.mqtt.homeassistant.component.VacuumEntity;
import io.alicia.mqtt.homeassistant.component.ValveEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** On which topics a component hears its state. */
final class StateChannels {

    private static final Map<Class<?>, Function<Component, Channels<EntityState>>> BY_TYPE = new LinkedHashMap<>();

    /** Where components without a table of their own hear the one text that is their state, and with which template. */
    private static final Map<String, String> ONE_TEXT = Map.of(
            "state_topic", "value_template",
            "activity_state_topic", "activity_value_template",
            "topic", "value_template",
            "url_topic", "url_template");

    static {
        put(
                BinarySensorEntity.class,
                sensor -> switched(
                        Optional.of(sensor.stateTopic()),
                        sensor.valueTemplate(),
                        sensor.payloadOn().orElse("ON"),
                        sensor.payloadOff().orElse("OFF")));
        put(
                SwitchEntity.class,
                entity -> switched(
                        entity.stateTopic(),
                        entity.valueTemplate(),
                        entity.stateOn().or(entity::payloadOn).orElse("ON"),
                        entity.stateOff().or(entity::payloadOff).orElse("OFF")));
        put(SirenEntity.class, SirenStates::of);
        put(DeviceTrigger.class, StateChannels::triggers);
        // What a camera says is no text.
        put(CameraEntity.class, camera -> new Channels<>());
        put(EventEntity.class, StateChannels::events);
        put(UpdateEntity.class, StateChannels::updates);
        put(
                JsonLightEntity.class,
                light -> new Channels<EntityState>()
                        .add(
                                light.stateTopic(),
                                Optional.empty(),
                                LightJson.of(light)::state,
                                state -> LightJson.of(light).written(state)));
        put(TemplateLightEntity.class, LightTemplates::states);
        BasicLightStates.states(StateChannels::put);
        put(CoverEntity.class, CoverStates::of);
        put(ValveEntity.class, ValveStates::of);
        AirStates.states(StateChannels::put);
        AirflowStates.states(StateChannels::put);
        put(
                VacuumEntity.class,
                vacuum -> new Channels<EntityState>()
                        .add(vacuum.stateTopic(), Optional.empty(), VacuumJson::read, VacuumJson::write));
    }

    private StateChannels() {}

    private static <C extends Component> void put(Class<C> type, Function<C, Channels<EntityState>> channels) {
        BY_TYPE.put(type, component -> channels.apply(type.cast(component)));
    }

    /** The topics on which a component hears its state. */
    static List<Channel<EntityState>> of(Component component) {
        return BY_TYPE.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(component))
                .map(entry -> entry.getValue().apply(component).list())
                .findFirst()
                .orElseGet(() -> oneText(component).list());
    }

    static Channels<EntityState> switched(Optional<?> topic, Optional<Template> template, String on, String off) {
        Map<String, EntityState> words = onOff(on, EntityState.of(true), off, EntityState.of(false));
        words.putIfAbsent("None", new EntityState.Unknown());
        return new Channels<EntityState>().words(topic, template, words);
    }

    private static Channels<EntityState> oneText(Component component) {
        JsonObject options = component.toJson();
        Channels<EntityState> channels = new Channels<>();
        TextStates states = TextStates.of(component);
        if (component instanceof DeviceTrackerEntity tracker) {
            channels.quiet(tracker.jsonAttributesTopic(), tracker.jsonAttributesTemplate(), StateChannels::position);
        }
        ONE_TEXT.forEach((topic, template) -> channels.add(
                text(options, topic), text(options, template).map(Template::of), states::read, states::write));
        return channels;
    }

    /** Home Assistant wants both as numbers; what else there is are attributes. */
    private static Optional<EntityState> position(String payload) {
        return JsonFields.object(payload).flatMap(json -> {
            OptionalDouble latitude = JsonFields.number(json, "latitude");
            OptionalDouble longitude = JsonFields.number(json, "longitude");
            return latitude.isPresent() && longitude.isPresent()
                    ? Optional.of(new EntityState.Position(
                            latitude.getAsDouble(),
                            longitude.getAsDouble(),
                            JsonFields.number(json, "gps_accuracy").orElse(0)))
                    : Optional.empty();
        });
    }

    private static Optional<String> text(JsonObject options, String name) {
        return options.getOrNull(name) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    /**
     * Where the topic or a template is none, Home Assistant cannot listen either. What has a payload happens with that one
     * alone: others are those of other triggers.
     */
    private static Channels<EntityState> triggers(DeviceTrigger trigger) {
        Optional<Template> template = trigger.valueTemplate().flatMap(Unchecked::value);
        Optional<String> payloadWanted = trigger.payload().filter(payload -> !payload.isEmpty());
        Optional<Template> wanted = payloadWanted.flatMap(StateChannels::template);
        boolean usable = trigger.valueTemplate().isPresent() == template.isPresent()
                && payloadWanted.isPresent() == wanted.isPresent();
        TextStates states = TextStates.of(trigger);
        return new Channels<EntityState>()
                .add(
                        usable ? trigger.topic().value() : Optional.empty(),
                        template,
                        payload -> wanted.isEmpty() || isThat(wanted.get(), payload)
                                ? states.read(payload)
                                : Optional.empty(),
                        states::write);
    }

    /** A text that others have written, if it is a template. */
    private static Optional<Template> template(String text) {
        try {
            return Optional.of(Template.of(text));
        } catch (IllegalArgumentException e) {
            // Home Assistant cannot attach the trigger; what its device has besides is not concerned.
            return Optional.empty();
        }
    }

    /** The payload that triggers may be a template, too, without any variables. */
    private static boolean isThat(Template wanted, String payload) {
        return TemplateEngine.jinja().evaluate(wanted, Map.of()).equals(payload);
    }

    private static Channels<EntityState> events(EventEntity entity) {
        return new Channels<EntityState>()
                .add(
                        Optional.of(entity.stateTopic()),
                        entity.valueTemplate(),
                        payload -> JsonFields.object(payload)
                                .flatMap(json -> JsonFields.text(json, "event_type")
                                        .filter(entity.eventTypes()::contains)
                                        .map(type -> new EntityState.Event(
                                                type,
                                                json.toBuilder()
                                                        .remove("event_type")
                                                        .build()))),
                        state -> state instanceof EntityState.Event event
                                ? Optional.of(JsonObject.builder()
                                        .put("event_type", event.type())
                                        .putAll(event.attributes().members())
                                        .build()
                                        .toString())
                                : Optional.empty());
    }

    private static Channels<EntityState> updates(UpdateEntity entity) {
        return new Channels<EntityState>()
                .add(Optional.of(entity.stateTopic()), entity.valueTemplate(), UpdateJson::read, UpdateJson::write)
                .add(
                        entity.latestVersionTopic(),
                        entity.latestVersionTemplate(),
                        payload -> payload.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new EntityState.Update(
                                        Optional.empty(), Optional.of(payload), JsonObject.empty())),
                        state -> state instanceof EntityState.Update update ? update.latest() : Optional.empty());
    }
}
