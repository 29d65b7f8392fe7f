package io.alicia.mqtt.examples;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.payload.AiAnswer;
import io.alicia.mqtt.payload.AiRequest;
import io.alicia.mqtt.payload.AiResponse;
import io.alicia.mqtt.payload.SpokenAnswer;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;

/** What was spoken runs through the voice pipeline: recognition, assistant, and the answer to speak. */
public final class VoicePipeline {

    private VoicePipeline() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (ExampleBroker broker = new ExampleBroker();
                AliciaMqtt voice = broker.connect("voice_assistant");
                AliciaMqtt assistant = broker.connect("voice_assistant");
                AliciaMqtt app = broker.connect("mobile_app")) {
            Disposable thinking = assistant
                    .voice()
                    .assistant()
                    .requests()
                    .concatMapCompletable(question -> assistant
                            .voice()
                            .assistant()
                            .respond(AiResponse.builder()
                                    .sessionId(question.payload().sessionId())
                                    .answer(AiAnswer.builder()
                                            .success(true)
                                            .response("You said: "
                                                    + question.payload().text())
                                            .build())
                                    .build()))
                    .subscribe();
            Disposable speaking = voice.voice()
                    .assistant()
                    .responses()
                    .concatMapCompletable(answer -> voice.voice()
                            .answer(SpokenAnswer.builder()
                                    .text(answer.payload().answer().response().orElse(""))
                                    .build()))
                    .subscribe();
            var answers =
                    app.voice().answers().timeout(5, TimeUnit.SECONDS).take(1).replay();
            Disposable listening = answers.connect();
            assistant
                    .subscribed()
                    .andThen(voice.subscribed())
                    .andThen(app.subscribed())
                    .blockingAwait();

            voice.voice()
                    .assistant()
                    .request(AiRequest.builder()
                            .sessionId("session_1")
                            .text("turn on the kitchen light")
                            .build())
                    .blockingAwait();

            answers.blockingForEach(answer -> System.out.println("The house says: " + answer.text()));
            listening.dispose();
            speaking.dispose();
            thinking.dispose();
        }
    }
}
