package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.BasicLightEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.DeviceTrigger;
import io.alicia.mqtt.homeassistant.component.Entity;
import io.alicia.mqtt.homeassistant.component.JsonLightEntity;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.component.TemplateLightEntity;
import io.alicia.mqtt.homeassistant.component.UpdateEntity;
import io.alicia.mqtt.homeassistant.component.VacuumEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.homeassistant.template.TemplateEvaluationException;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How commands and states of one component stand in messages, seen from either side: a device reads commands and writes
 * states, whoever uses a discovered device writes commands and reads states.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class EntityMessages {

    private final Component component;
    private final List<Channel<EntityCommand>> commands;
    private final List<Channel<EntityState>> states;

    private EntityMessages(Component component) {
        this.component = component;
        this.commands = CommandChannels.of(component);
        this.states = StateChannels.of(component);
    }

    /**
     * {@return the messages of a component}
     *
     * @param component the component
     */
    public static EntityMessages of(Component component) {
        return new EntityMessages(component);
    }

    /** {@return the topics on which commands come, each once} */
    public Set<TopicName> commandTopics() {
        Set<TopicName> topics = new LinkedHashSet<>();
        commands.forEach(channel -> topics.add(TopicName.of(channel.topic())));
        return topics;
    }

    /** {@return the topics on which states come, each once} */
    public Set<TopicFilter> stateTopics() {
        Set<TopicFilter> topics = new LinkedHashSet<>();
        states.forEach(channel -> topics.add(TopicFilter.of(channel.topic())));
        return topics;
    }

    /**
     * Reads a command. Where the component makes its payloads with a template that is nothing but a text with variables in it
     * the way goes back; what a template calculates, decides or filters, and all that lights with the schema {@code template}
     * are told, stays raw.
     *
     * @param topic where it arrived
     * @param payload what arrived
     * @return the command
     */
    public EntityCommand readCommand(TopicName topic, String payload) {
        return commands.stream()
                .filter(channel -> channel.topic().equals(topic.value()))
                .<EntityCommand>flatMap(channel -> ReadCommands.read(component, channel, payload).stream())
                .findFirst()
                .orElseGet(() -> new EntityCommand.Raw(topic, payload));
    }

    /**
     * {@return what a component has to say of a state so that nothing gets lost that it has said before: the whole where one
     * retained message holds all of it, the state alone where each thing has its own topic}
     *
     * @param state what is to be said
     * @param before what was said before
     */
    public EntityState completed(EntityState state, EntityState before) {
        boolean inOneMessage = component instanceof JsonLightEntity
                || component instanceof TemplateLightEntity
                || component instanceof SirenEntity
                || component instanceof UpdateEntity
                || component instanceof VacuumEntity;
        if (!inOneMessage) {
            return state;
        }
        EntityState said = component instanceof VacuumEntity ? VacuumJson.written(state) : state;
        return said instanceof LightState light ? light.completed(before) : said.after(before);
    }

    /**
     * Writes a state.
     *
     * @param state the state
     * @return the messages that say it, one for each topic
     * @throws IllegalArgumentException if the component has no topic on which it can be said, if it takes its state out of
     *     messages with a template, as lights with the schema {@code template} always do, or if Home Assistant would not take
     *     it: it is none of the announced words, no number where there has to be one, or out of its range
     */
    public List<EntityMessage> writeState(EntityState state) {
        if (component instanceof TemplateLightEntity light) {
            throw new IllegalArgumentException(LightTemplates.noWayBack(light));
        }
        List<EntityMessage> messages = new ArrayList<>();
        for (Channel<EntityState> channel : states) {
            Optional<String> payload = channel.writer().apply(state);
            if (payload.isPresent()) {
                String written = written(channel, payload.get());
                requireTaken(channel, written);
                messages.add(new EntityMessage(TopicName.of(channel.topic()), written));
            }
        }
        if (messages.isEmpty()) {
            boolean onlyUnsaid = state instanceof EntityState.Unknown && !states.isEmpty();
            throw new IllegalArgumentException(
                    onlyUnsaid
                            ? component.variant()
                                    + ": Home Assistant knows no payload that says that its state is not known"
                            : component.variant() + " has no topic to say " + state);
        }
        return messages;
    }

    /** What comes back as nothing Home Assistant would pass over, saying so in its own log alone. */
    private void requireTaken(Channel<EntityState> channel, String payload) {
        Optional<? extends EntityState> read = channel.reader().apply(payload);
        Optional<String> reason = read.isEmpty()
                ? Optional.of(ExpectedStates.reason(component, channel.topic()))
                : read.flatMap(
                        state -> state instanceof EntityState.Unknown unknown ? unknown.reason() : Optional.empty());
        if (reason.isPresent()) {
            throw new IllegalArgumentException(component.variant() + ": Home Assistant would not take \"" + payload
                    + "\" on " + channel.topic() + ": " + reason.get());
        }
    }

    private String written(Channel<EntityState> channel, String payload) {
        Optional<Template> template =
                channel.template().filter(given -> !given.text().isBlank());
        if (template.isEmpty() || template.get().text().replace(" ", "").equals("{{value}}")) {
            return payload;
        }
        throw new IllegalArgumentException("the " + component.component() + " takes its state out of messages with \""
                + template.get() + "\"; publish such a message on " + channel.topic() + " yourself");
    }

    /**
     * Writes a command, as Home Assistant would: in its order, with its template, and not at all where it would refuse it.
     *
     * @param command the command
     * @param engine evaluates the component's templates
     * @return the messages that say it, in the order in which they are to be sent
     * @throws IllegalArgumentException if the component has no topic on which it can be said, or if it is out of what the
     *     component announces, as a number above its maximum or an option that it does not have
     * @throws TemplateEvaluationException if a template cannot be evaluated
     */
    public List<EntityMessage> writeCommand(EntityCommand command, TemplateEngine engine) {
        if (command instanceof EntityCommand.Raw raw) {
            return List.of(new EntityMessage(raw.topic(), raw.payload()));
        }
        CommandRules.require(component, command);
        if (component instanceof SirenEntity siren && command instanceof SirenCommand sound) {
            return SirenJson.write(siren, sound, engine);
        }
        if (component instanceof TemplateLightEntity light && command instanceof LightCommand lit) {
            return List.of(new LightTemplates(light).write(lit, engine));
        }
        if (component instanceof BasicLightEntity light && command instanceof LightCommand lit) {
            return BasicLightCommands.write(light, lit, engine);
        }
        Map<String, EntityMessage> messages = new LinkedHashMap<>();
        EntityCommand said = command instanceof EntityCommand.Coded coded ? coded.command() : command;
        for (Channel<EntityCommand> channel : commands) {
            channel.writer()
                    .apply(said)
                    .ifPresent(payload -> messages.putIfAbsent(
                            channel.topic(),
                            new EntityMessage(
                                    TopicName.of(channel.topic()),
                                    channel.template()
                                            .map(template -> engine.evaluate(
                                                    template, CommandVariables.of(component, command, payload)))
                                            .orElse(payload))));
        }
        if (messages.isEmpty()) {
            throw new IllegalArgumentException(component.variant() + " has no topic to say " + command);
        }
        return List.copyOf(messages.values());
    }

    /**
     * Reads a message on one of the topics of the state.
     *
     * @param topic where it arrived
     * @param payload what arrived
     * @param engine evaluates the component's templates
     * @return what it says; several things if several options of the component name the same topic, none if it says
     *     nothing that the component knows
     * @throws TemplateEvaluationException if a template cannot be evaluated and nothing else is said; {@link #read} tells
     *     both
     */
    public List<EntityState> readState(TopicName topic, String payload, TemplateEngine engine) {
        return readings(topic, payload, engine).orThrow();
    }

    /**
     * Reads a message on one of the topics of the state, and says what of it cannot be read.
     *
     * @param topic where it arrived
     * @param payload what arrived
     * @param engine evaluates the component's templates
     * @return what it says, and what is wrong with the rest of it
     */
    public StateReading read(TopicName topic, String payload, TemplateEngine engine) {
        // What is none of this trigger's is another one's: several share a topic.
        Optional<String> nothing = component instanceof DeviceTrigger
                ? Optional.empty()
                : Optional.of("the payload says nothing that the " + component.component() + " knows");
        return readings(topic, payload, engine).done(nothing);
    }

    /** {@return the topic on which the entity's attributes come, if it has one} */
    public Optional<TopicFilter> attributesTopic() {
        return component instanceof Entity entity ? entity.jsonAttributesTopic() : Optional.empty();
    }

    /**
     * Reads a message on the {@linkplain #attributesTopic() topic of the attributes}.
     *
     * @param payload what arrived
     * @param engine evaluates the component's template
     * @return the attributes
     * @throws IllegalArgumentException if they are no JSON object
     * @throws TemplateEvaluationException if the template cannot be evaluated
     */
    public JsonObject readAttributes(String payload, TemplateEngine engine) {
        Optional<Template> template =
                component instanceof Entity entity ? entity.jsonAttributesTemplate() : Optional.empty();
        String text = template.map(given -> engine.evaluate(given, TemplateEngine.variables(payload)))
                .orElse(payload);
        return JsonFields.object(text)
                .orElseThrow(() -> new IllegalArgumentException("the attributes are no JSON object"));
    }

    private Readings readings(TopicName topic, String payload, TemplateEngine engine) {
        Readings readings = new Readings(payload, engine);
        if (component instanceof TemplateLightEntity light) {
            new LightTemplates(light).read(readings);
            return readings;
        }
        for (Channel<EntityState> channel : states) {
            if (TopicFilter.of(channel.topic()).matches(topic)) {
                readings.add(channel);
            }
        }
        return readings;
    }
}
