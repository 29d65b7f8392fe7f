package io.alicia.mqtt.topic;

/** A stage of the voice pipeline. */
public enum VoiceStage {
    /** Speech to text: recognises what was said. */
    STT,
    /** The assistant that finds the answer. */
    AI,
    /** Text to speech: makes audio of the answer. */
    TTS
}
