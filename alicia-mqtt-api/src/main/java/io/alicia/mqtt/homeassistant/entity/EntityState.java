package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.protocol.BinaryData;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What an entity is. States of entities with several topics may be partial: what is empty is not said.
 */
public sealed interface EntityState
        permits EntityState.Text,
                EntityState.Bytes,
                EntityState.Date,
                EntityState.Timestamp,
                EntityState.Time,
                EntityState.OnOff,
                EntityState.Position,
                EntityState.Event,
                EntityState.Update,
                EntityState.Unknown,
                LightState,
                CoverState,
                ClimateState,
                FanState,
                HumidifierState,
                LockState,
                SirenState,
                VacuumState,
                WaterHeaterState {

    /**
     * {@return what is known after this state has come: what it does not say is as it was before}
     *
     * @param before what was known before
     */
    default EntityState after(EntityState before) {
        return this;
    }

    /**
     * {@return a state that is a text}
     *
     * @param text the text
     */
    static EntityState of(String text) {
        return new Text(text);
    }

    /**
     * {@return a state that is a number}
     *
     * @param number the number, in the entity's unit
     * @throws IllegalArgumentException if it is NaN or infinite; that it is not known is {@link Unknown}
     */
    static EntityState of(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(
                    "a state cannot be " + number + "; that it is not known is said by EntityState.Unknown");
        }
        return new Text(Channels.plain(number));
    }

    /**
     * {@return on or off}
     *
     * @param on whether it is on
     */
    static EntityState of(boolean on) {
        return new OnOff(on);
    }

    /**
     * A state that is a text or a number; also a date, a time or a datetime in a way of writing that is not that of ISO 8601,
     * as Home Assistant reads more than that where it can be set.
     *
     * @param text how it stands in messages
     */
    record Text(String text) implements EntityState {}

    /**
     * {@return a state that is an image}
     *
     * @param image the image, in the component's media type
     */
    static EntityState of(BinaryData image) {
        return new Bytes(image);
    }

    /**
     * The state of a camera, or of an image that comes as such and not by its URL; {@link ImageMessages} reads and writes it.
     *
     * @param bytes the image
     */
    record Bytes(BinaryData bytes) implements EntityState {}

    /**
     * {@return a state that is a date}
     *
     * @param date the date
     */
    static EntityState of(LocalDate date) {
        return new Date(date);
    }

    /**
     * {@return a state that is a time}
     *
     * @param time the time
     */
    static EntityState of(OffsetDateTime time) {
        return new Timestamp(time);
    }

    /**
     * {@return a state that is a time of day}
     *
     * @param time the time
     */
    static EntityState of(LocalTime time) {
        return new Time(time);
    }

    /**
     * The state of a date, or of a sensor with the device class {@code date}.
     *
     * @param date the date
     */
    record Date(LocalDate date) implements EntityState {}

    /**
     * The state of a time of day.
     *
     * @param time the time
     */
    record Time(LocalTime time) implements EntityState {}

    /**
     * The state of a datetime, or of a sensor with the device class {@code timestamp}.
     *
     * @param time the time, with the offset that was written, or that the entity's {@code timezone} has then
     */
    record Timestamp(OffsetDateTime time) implements EntityState {

        /** {@return when that is} */
        public Instant instant() {
            return time.toInstant();
        }
    }

    /**
     * Where a device tracker is. What it says by a word is a {@link Text}: {@code home}, {@code not_home}, whatever stands
     * for them on the wire, or the name of a zone.
     *
     * @param latitude in degrees
     * @param longitude in degrees
     * @param accuracyInMetres how far off it may be; 0 if it does not say
     */
    record Position(double latitude, double longitude, double accuracyInMetres) implements EntityState {}

    /**
     * On or off, whatever the payloads are that stand for it on the wire.
     *
     * @param on whether it is on
     */
    record OnOff(boolean on) implements EntityState {}

    /**
     * The state is not known: the entity says so, by the payload {@code None} or the one that it has for that, or what it says
     * is not what its device class wants. States of several things say it of each: {@link ClimateState#unknown()}, {@link
     * FanState#unknown()}, {@link HumidifierState#unknown()}, {@link WaterHeaterState#unknown()}, {@link VacuumActivity#UNKNOWN}.
     * Texts and updates cannot say it, as Home Assistant has no payload for it.
     *
     * @param reason what is wrong with what it says; empty if it says itself that it does not know
     */
    record Unknown(Optional<String> reason) implements EntityState {

        /** The entity says that it does not know. */
        public Unknown() {
            this(Optional.empty());
        }
    }

    /**
     * What there is to be updated; what is empty is not said.
     *
     * @param installed the version that is installed
     * @param latest the latest version that there is
     * @param other what else is said: {@code title}, {@code release_url}, {@code in_progress} and others
     */
    record Update(Optional<String> installed, Optional<String> latest, JsonObject other) implements EntityState {

        @Override
        public EntityState after(EntityState before) {
            return before instanceof Update known
                    ? new Update(
                            installed.or(known::installed),
                            latest.or(known::latest),
                            known.other().toBuilder().putAll(other.members()).build())
                    : this;
        }
    }

    /**
     * Something has happened.
     *
     * @param type one of the entity's types of events
     * @param attributes what else there is to say
     */
    record Event(String type, JsonObject attributes) implements EntityState {}
}
