package io.alicia.mqtt.topic;

/** What happens to a voice session, the level of {@link AliciaTopics#VOICE_SESSION}. */
public enum VoiceSessionEvent {
    /** Somebody started to speak. */
    START,
    /** The answer was spoken, or given up. */
    END
}
