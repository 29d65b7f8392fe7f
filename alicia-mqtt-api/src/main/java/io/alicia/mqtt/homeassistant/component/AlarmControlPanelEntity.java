package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code alarm_control_panel}, as <a
 * href="https://www.home-assistant.io/integrations/alarm_control_panel.mqtt/">Home Assistant documents it</a>.
 *
 * <p>Immutable and safe to share between threads.
 */
@ComponentStyle
@Value.Immutable
public abstract class AlarmControlPanelEntity extends Entity {

    AlarmControlPanelEntity() {}

    /** {@return a builder; {@code commandTopic} and {@code stateTopic} are required} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the code that Home Assistant asks for; {@code REMOTE_CODE} leaves checking it to the device} */
    public abstract Optional<String> code();

    /** {@return whether arming asks for the code; yes unless given} */
    public abstract Optional<Boolean> codeArmRequired();

    /** {@return whether disarming asks for the code; yes unless given} */
    public abstract Optional<Boolean> codeDisarmRequired();

    /** {@return whether triggering asks for the code; yes unless given} */
    public abstract Optional<Boolean> codeTriggerRequired();

    /** {@return the template that makes the payload of a command; {@code {{action}}} unless given} */
    public abstract Optional<Template> commandTemplate();

    /** {@return the topic to which Home Assistant publishes commands} */
    public abstract TopicName commandTopic();

    /** {@return the payload that stands for arm away; {@code ARM_AWAY} unless given} */
    public abstract Optional<String> payloadArmAway();

    /** {@return the payload that stands for arm custom bypass; {@code ARM_CUSTOM_BYPASS} unless given} */
    public abstract Optional<String> payloadArmCustomBypass();

    /** {@return the payload that stands for arm home; {@code ARM_HOME} unless given} */
    public abstract Optional<String> payloadArmHome();

    /** {@return the payload that stands for arm night; {@code ARM_NIGHT} unless given} */
    public abstract Optional<String> payloadArmNight();

    /** {@return the payload that stands for arm vacation; {@code ARM_VACATION} unless given} */
    public abstract Optional<String> payloadArmVacation();

    /** {@return the payload that stands for disarm; {@code DISARM} unless given} */
    public abstract Optional<String> payloadDisarm();

    /** {@return the payload that stands for trigger; {@code TRIGGER} unless given} */
    public abstract Optional<String> payloadTrigger();

    /** {@return the topic on which Home Assistant hears the state} */
    public abstract TopicFilter stateTopic();

    /**
     * {@return what it can do; {@code arm_home}, {@code arm_away}, {@code arm_night}, {@code arm_vacation}, {@code
     * arm_custom_bypass}, {@code trigger} unless given; null if not given}
     */
    public abstract @Nullable List<AlarmFeature> supportedFeatures();

    /** {@return the template that takes the state out of a message} */
    public abstract Optional<Template> valueTemplate();

    /** {@return whether commands of Home Assistant are retained; no unless given} */
    public abstract Optional<Boolean> retain();

    @Override
    final ComponentType componentType() {
        return ComponentTypes.ALARM_CONTROL_PANEL;
    }

    /**
     * Collects the options. {@code build} refuses what Home Assistant would refuse, with an {@link
     * InvalidComponentException}.
     */
    public static final class Builder extends ImmutableAlarmControlPanelEntity.Builder {
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
