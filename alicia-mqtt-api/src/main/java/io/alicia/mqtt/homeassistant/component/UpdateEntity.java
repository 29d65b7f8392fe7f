package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * The component {@code update}, as <a href="https://www.home-assistant.io/integrations/update.mqtt/">Home Assistant
 * documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class UpdateEntity extends Entity {

    UpdateEntity() {}

    /** {@return a builder; {@code stateTopic} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract Optional<TopicName> commandTopic();

    /** {@return what it is about, which decides on icon, words and units} */
    public abstract Optional<UpdateDeviceClass> deviceClass();

    /** {@return how many decimals of the progress are shown; {@code 0} unless given} */
    public abstract OptionalInt displayPrecision();

    /** {@return the template that takes the latest version out of a message} */
    public abstract Optional<Template> latestVersionTemplate();

    /** {@return the topic on which Home Assistant hears the latest version} */
    public abstract Optional<TopicFilter> latestVersionTopic();

    /** {@return the payload that stands for install} */
    public abstract Optional<String> payloadInstall();

    /** {@return what is new in the latest version} */
    public abstract Optional<String> releaseSummary();

    /** {@return where the latest version is described} */
    public abstract Optional<String> releaseUrl();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract TopicFilter stateTopic();

    /** {@return the name of the software} */
    public abstract Optional<String> title();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.UPDATE;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableUpdateEntity.Builder {
        Builder() {}

        /**
         * Gives the entity its name.
         *
         * @param name the name, without the name of the device
         * @return this builder
         */
        public Builder name(String name) {
            return name(EntityName.of(name));
        }
    }
}
