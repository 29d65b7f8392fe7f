package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.topic.TopicName;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;

/** What Home Assistant tells an entity to do. The type is the component's, or {@link Raw} if it cannot be read. */
public sealed interface EntityCommand
        permits EntityCommand.Switch,
                EntityCommand.Press,
                EntityCommand.Activate,
                EntityCommand.SetNumber,
                EntityCommand.Select,
                EntityCommand.SetText,
                EntityCommand.SetDate,
                EntityCommand.SetTime,
                EntityCommand.SetDateTime,
                EntityCommand.Notify,
                EntityCommand.Install,
                EntityCommand.Coded,
                EntityCommand.Raw,
                AlarmCommand,
                ClimateCommand,
                CoverCommand,
                FanCommand,
                HumidifierCommand,
                InfraredCommand,
                LawnMowerCommand,
                LightCommand,
                LockCommand,
                SirenCommand,
                VacuumCommand,
                ValveCommand,
                WaterHeaterCommand {

    /**
     * A switch.
     *
     * @param on whether it is to be on
     */
    record Switch(boolean on) implements EntityCommand {}

    /** A button was pressed. */
    record Press() implements EntityCommand {}

    /** A scene is to be set. */
    record Activate() implements EntityCommand {}

    /**
     * A number.
     *
     * @param value the value, in the entity's unit
     */
    record SetNumber(double value) implements EntityCommand {}

    /**
     * A choice.
     *
     * @param option one of the entity's options
     */
    record Select(String option) implements EntityCommand {}

    /**
     * A text.
     *
     * @param text the text
     */
    record SetText(String text) implements EntityCommand {}

    /**
     * A date.
     *
     * @param date the date
     */
    record SetDate(LocalDate date) implements EntityCommand {}

    /**
     * A time of the day.
     *
     * @param time the time
     */
    record SetTime(LocalTime time) implements EntityCommand {}

    /**
     * A date and time.
     *
     * @param time the time
     */
    record SetDateTime(OffsetDateTime time) implements EntityCommand {}

    /**
     * A message for people.
     *
     * @param message its text
     */
    record Notify(String message) implements EntityCommand {}

    /** The latest version is to be installed. */
    record Install() implements EntityCommand {}

    /**
     * What an alarm or a lock is told together with the code that somebody has entered. It is sent where the component's
     * template has {@code code}, and comes where the template is nothing but a text with variables in it.
     *
     * @param command what it is told, an {@link AlarmCommand} or a {@link LockCommand}
     * @param code the code
     */
    record Coded(EntityCommand command, String code) implements EntityCommand {

        /**
         * A command with a code.
         *
         * @param command what is told
         * @param code the code
         * @throws IllegalArgumentException if it is no command that can have one
         */
        public Coded {
            if (!(command instanceof AlarmCommand || command instanceof LockCommand)) {
                throw new IllegalArgumentException(command + " cannot have a code");
            }
        }

        /** {@return the command without the code, which is nothing for logs} */
        @Override
        public String toString() {
            return "Coded[command=" + command + "]";
        }
    }

    /**
     * A command that has no reading: the component makes its payloads with a template that has no way back, or the payload is
     * none of those that it names.
     *
     * @param topic where it arrived
     * @param payload what arrived
     */
    record Raw(TopicName topic, String payload) implements EntityCommand {}
}
