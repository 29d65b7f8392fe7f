package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.payload.JsonNumber;
import io.alicia.mqtt.payload.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The states of sirens: a word, or an object with the word and how the siren sounds.
 *
 * @param words the words for on and off
 * @param sound what the siren announces that it can do besides
 */
record SirenStates(Map<String, Boolean> words, SirenSound sound) {

    private static final String UNKNOWN = "None";
    private static final String STATE = "state";
    private static final String TONE = "tone";
    private static final String DURATION = "duration";
    private static final String VOLUME = "volume_level";
    private static final Set<String> KNOWN = Set.of(STATE, TONE, DURATION, VOLUME);

    static Channels<EntityState> of(SirenEntity siren) {
        SirenStates states = new SirenStates(
                Channels.onOff(
                        siren.stateOn().or(siren::payloadOn).orElse("ON"),
                        true,
                        siren.stateOff().or(siren::payloadOff).orElse("OFF"),
                        false),
                SirenSound.of(siren));
        return new Channels<EntityState>()
                .add(siren.stateTopic(), siren.stateValueTemplate(), states::read, states::write);
    }

    private Optional<EntityState> read(String payload) {
        Boolean on = words.get(payload);
        if (on != null) {
            return Optional.of(SirenState.builder().on(on).build());
        }
        return payload.equals(UNKNOWN)
                ? Optional.of(new EntityState.Unknown())
                : JsonFields.object(payload).flatMap(this::read);
    }

    private Optional<EntityState> read(JsonObject json) {
        Optional<String> word = JsonFields.text(json, STATE);
        if (word.filter(UNKNOWN::equals).isPresent()) {
            return Optional.of(new EntityState.Unknown());
        }
        SirenState.Builder state = SirenState.builder().on(word.flatMap(said -> Optional.ofNullable(words.get(said))));
        if (isSound(json)) {
            // What the siren does not announce Home Assistant leaves out, once it has looked at all of it.
            tone(json).filter(tone -> sound.hasTones()).ifPresent(state::tone);
            JsonFields.decimal(json, DURATION)
                    .filter(seconds -> sound.hasDuration())
                    .ifPresent(seconds -> state.duration(JsonFields.duration(seconds.intValue())));
            JsonFields.decimal(json, VOLUME)
                    .filter(volume -> sound.hasVolume())
                    .ifPresent(volume -> state.volume(volume.doubleValue()));
        }
        SirenState said = state.build();
        return said.equals(SirenState.builder().build()) ? Optional.empty() : Optional.of(said);
    }

    /** Home Assistant takes how it sounds as a whole: of what is strange in one place it takes nothing but the state. */
    private boolean isSound(JsonObject json) {
        return KNOWN.containsAll(json.members().keySet())
                && isMissingOr(json, TONE, tone(json).isPresent())
                && isMissingOr(json, DURATION, isIn(json, DURATION, BigDecimal.valueOf(Integer.MAX_VALUE)))
                && isMissingOr(json, VOLUME, isIn(json, VOLUME, BigDecimal.ONE));
    }

    private static boolean isMissingOr(JsonObject json, String name, boolean holds) {
        return json.get(name).isEmpty() || holds;
    }

    private static boolean isIn(JsonObject json, String name, BigDecimal most) {
        return JsonFields.decimal(json, name)
                .filter(value -> value.signum() >= 0 && value.compareTo(most) <= 0)
                .isPresent();
    }

    private Optional<String> tone(JsonObject json) {
        Optional<String> tone = json.getOrNull(TONE) instanceof JsonNumber number
                ? Optional.of(number.toString())
                : JsonFields.text(json, TONE);
        return tone.filter(said -> !sound.hasTones() || sound.tones().contains(said));
    }

    private Optional<String> write(EntityState state) {
        if (state instanceof EntityState.Unknown) {
            return Optional.of(UNKNOWN);
        }
        if (state instanceof EntityState.OnOff said) {
            return Optional.of(word(said.on()));
        }
        if (!(state instanceof SirenState said)) {
            return Optional.empty();
        }
        sound.require(said.tone(), said.duration(), said.volume());
        JsonObject.Builder json = JsonObject.builder();
        said.on().ifPresent(on -> json.put(STATE, word(on)));
        said.tone().ifPresent(tone -> json.put(TONE, tone));
        said.duration().ifPresent(duration -> json.put(DURATION, duration.toSeconds()));
        said.volume().ifPresent(volume -> json.put(VOLUME, JsonFields.decimal(volume)));
        boolean alone = said.on().isPresent()
                && said.tone().isEmpty()
                && said.duration().isEmpty()
                && said.volume().isEmpty();
        return Optional.of(alone ? word(said.on().orElseThrow()) : json.build().toString());
    }

    private String word(boolean on) {
        return words.entrySet().stream()
                .filter(word -> word.getValue() == on)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the siren has one word for on and off"));
    }
}
