package io.alicia.mqtt;

import io.alicia.mqtt.payload.AiRequest;
import io.alicia.mqtt.payload.AiResponse;
import io.alicia.mqtt.payload.SpokenAnswer;
import io.alicia.mqtt.payload.SpokenCommand;
import io.alicia.mqtt.payload.SttRequest;
import io.alicia.mqtt.payload.SttResponse;
import io.alicia.mqtt.payload.TtsRequest;
import io.alicia.mqtt.payload.TtsResponse;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/**
 * What is spoken: {@code alicia/voice/…}. Safe for several threads; threads and failures of streams and publishing are {@link
 * TypedTopic}'s.
 */
public interface Voice {

    /** Spoken commands as they were understood. */
    Flowable<SpokenCommand> commands();

    /** Publishes a spoken command. */
    Completable publish(SpokenCommand command);

    /** Answers to speak. */
    Flowable<SpokenAnswer> answers();

    /** Has the voice assistant speak. */
    Completable answer(SpokenAnswer answer);

    /** Audio from microphones, at most once. */
    Flowable<byte[]> audio();

    /** Sends audio, at most once. */
    Completable sendAudio(byte[] audio);

    /** Speech recognition. */
    VoiceService<SttRequest, SttResponse> speechToText();

    /** The assistant. */
    VoiceService<AiRequest, AiResponse> assistant();

    /** Speech synthesis. */
    VoiceService<TtsRequest, TtsResponse> textToSpeech();
}
