package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.payload.AiAnswer;
import io.alicia.mqtt.payload.AiRequest;
import io.alicia.mqtt.payload.AiResponse;
import io.alicia.mqtt.payload.Announcement;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.SpokenAnswer;
import io.alicia.mqtt.payload.SpokenCommand;
import io.alicia.mqtt.payload.SttResponse;
import io.alicia.mqtt.payload.Transcription;
import io.alicia.mqtt.topic.NoLevels;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;

/**
 * The voice pipeline, all its stages in one service: what speech recognition understood goes to the assistant, the
 * assistant commands the house, and its answer is spoken.
 */
final class VoiceAssistant implements AutoCloseable {

    private final AliciaMqtt alicia;
    private final AliciaMessages messages;
    private final Intents intents;
    private final Narrator narrator;
    private final CompositeDisposable streams = new CompositeDisposable();

    VoiceAssistant(AliciaMqtt alicia, AliciaMessages messages, Intents intents, Narrator narrator) {
        this.alicia = alicia;
        this.messages = messages;
        this.intents = intents;
        this.narrator = narrator;
    }

    /** Listens to its stages. */
    Completable starts() {
        streams.add(alicia.topic(messages.sttResponse())
                .onMessage(received -> understood(received.payload().payload())));
        streams.add(alicia.topic(messages.aiRequest()).onMessage(received -> think(received.payload())));
        streams.add(alicia.topic(messages.aiResponse())
                .onMessage(received -> speak(received.payload().payload())));
        return alicia.subscribed();
    }

    /** Somebody says something. */
    Completable hears(String sessionId, String text) {
        return alicia.voice()
                .speechToText()
                .respond(SttResponse.builder()
                        .sessionId(sessionId)
                        .transcription(Transcription.builder()
                                .success(true)
                                .text(text)
                                .language("en")
                                .confidence(0.93)
                                .engine("example")
                                .build())
                        .build())
                .doOnSubscribe(start ->
                        narrator.tells("voice_assistant", "hears \"" + text + "\"", "alicia/voice/stt/response"));
    }

    private Completable understood(SttResponse heard) {
        return heard.transcription().success()
                ? understood(heard, heard.transcription().text().orElse(""))
                : misheard(heard);
    }

    private Completable misheard(SttResponse heard) {
        narrator.refusal(
                "voice_assistant",
                "did not hear what was said: " + heard.transcription().error().orElse("no reason given"));
        return say("I did not hear that", heard.sessionId());
    }

    private Completable understood(SttResponse heard, String text) {
        return alicia.voice()
                .publish(SpokenCommand.builder()
                        .text(text)
                        .sessionId(heard.sessionId())
                        .build())
                .andThen(alicia.voice()
                        .assistant()
                        .request(AiRequest.builder()
                                .text(text)
                                .sessionId(heard.sessionId())
                                .build()));
    }

    private Completable think(Envelope<AiRequest> request) {
        AiRequest question = request.payload();
        return intents.find(question.text())
                .map(intent -> carryOut(question, intent))
                .orElseGet(() -> answer(question, "I did not understand that", false));
    }

    private Completable carryOut(AiRequest question, Intents.Intent intent) {
        Command command = intent.command();
        narrator.tells(
                "voice_assistant",
                "commands " + intent.target() + " to " + command.name(),
                "alicia/commands/" + intent.target());
        return alicia.commands()
                .command(intent.target(), command)
                .flatMapCompletable(result -> answer(question, spoken(intent, result), result.success()));
    }

    private static String spoken(Intents.Intent intent, CommandResult result) {
        return result.success()
                ? "Done: " + intent.words()
                : "That did not work: " + result.error().orElse("no reason given");
    }

    private Completable answer(AiRequest question, String text, boolean success) {
        AiAnswer.Builder answer = AiAnswer.builder().success(success);
        return alicia.voice()
                .assistant()
                .respond(AiResponse.builder()
                        .sessionId(question.sessionId())
                        .answer((success ? answer.response(text) : answer.error(text)).build())
                        .build());
    }

    private Completable speak(AiResponse response) {
        return say(response.answer().response().or(response.answer()::error).orElse(""), response.sessionId());
    }

    private Completable say(String text, String sessionId) {
        narrator.tells("voice_assistant", "answers \"" + text + "\"", "alicia/voice/response");
        return alicia.voice()
                .answer(SpokenAnswer.builder().text(text).sessionId(sessionId).build())
                .andThen(alicia.topic(messages.ttsAnnounce())
                        .publish(
                                NoLevels.NONE,
                                MaybeEnveloped.bare(
                                        Announcement.builder().message(text).build())));
    }

    /** Stops listening. */
    @Override
    public void close() {
        streams.dispose();
    }
}
