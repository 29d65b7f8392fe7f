package io.alicia.mqtt.topic;

/**
 * The levels of {@link AliciaTopics#VOICE_STAGE}.
 *
 * @param stage the stage of the voice pipeline
 * @param part request, response or error
 */
public record VoiceExchange(VoiceStage stage, Part part) {

    /** A part of an exchange with a stage. */
    public enum Part {
        /** What the stage is asked to do. */
        REQUEST,
        /** Its answer. */
        RESPONSE,
        /** Why there is no answer. */
        ERROR
    }
}
