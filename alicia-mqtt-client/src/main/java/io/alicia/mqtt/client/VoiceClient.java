package io.alicia.mqtt.client;

import io.alicia.mqtt.Received;
import io.alicia.mqtt.Voice;
import io.alicia.mqtt.VoiceService;
import io.alicia.mqtt.codec.AliciaMessage;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.payload.AiRequest;
import io.alicia.mqtt.payload.AiResponse;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MaybeEnveloped;
import io.alicia.mqtt.payload.MessageType;
import io.alicia.mqtt.payload.SpokenAnswer;
import io.alicia.mqtt.payload.SpokenCommand;
import io.alicia.mqtt.payload.SttRequest;
import io.alicia.mqtt.payload.SttResponse;
import io.alicia.mqtt.payload.TtsRequest;
import io.alicia.mqtt.payload.TtsResponse;
import io.alicia.mqtt.payload.VoiceError;
import io.alicia.mqtt.topic.NoLevels;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;

/** {@link Voice} over typed topics. */
final class VoiceClient implements Voice {

    private final TopicClient<NoLevels, MaybeEnveloped<SpokenCommand>> commands;
    private final TopicClient<NoLevels, MaybeEnveloped<SpokenAnswer>> answers;
    private final TopicClient<NoLevels, byte[]> audio;
    private final VoiceService<SttRequest, SttResponse> speechToText;
    private final VoiceService<AiRequest, AiResponse> assistant;
    private final VoiceService<TtsRequest, TtsResponse> textToSpeech;

    VoiceClient(TopicClients topics, AliciaMessages messages, Envelopes envelopes) {
        commands = topics.of(messages.voiceCommand());
        answers = topics.of(messages.voiceResponse());
        audio = topics.of(messages.voiceAudio());
        speechToText = stage(topics, envelopes, messages.sttRequest(), messages.sttResponse(), messages.sttError());
        assistant = stage(topics, envelopes, messages.aiRequest(), messages.aiResponse(), messages.aiError());
        textToSpeech = stage(topics, envelopes, messages.ttsRequest(), messages.ttsResponse(), messages.ttsError());
    }

    private static <Q, A> VoiceService<Q, A> stage(
            TopicClients topics,
            Envelopes envelopes,
            AliciaMessage<NoLevels, Envelope<Q>> requests,
            AliciaMessage<NoLevels, Envelope<A>> responses,
            AliciaMessage<NoLevels, Envelope<VoiceError>> errors) {
        return new Stage<>(topics.of(requests), topics.of(responses), topics.of(errors), envelopes);
    }

    @Override
    public Flowable<SpokenCommand> commands() {
        return commands.messages().map(received -> received.payload().payload());
    }

    @Override
    public Completable publish(SpokenCommand command) {
        return commands.publish(NoLevels.NONE, MaybeEnveloped.bare(command));
    }

    @Override
    public Flowable<SpokenAnswer> answers() {
        return answers.messages().map(received -> received.payload().payload());
    }

    @Override
    public Completable answer(SpokenAnswer answer) {
        return answers.publish(NoLevels.NONE, MaybeEnveloped.bare(answer));
    }

    @Override
    public Flowable<byte[]> audio() {
        return audio.messages().map(Received::payload);
    }

    @Override
    public Completable sendAudio(byte[] sound) {
        return audio.publish(NoLevels.NONE, sound);
    }

    @Override
    public VoiceService<SttRequest, SttResponse> speechToText() {
        return speechToText;
    }

    @Override
    public VoiceService<AiRequest, AiResponse> assistant() {
        return assistant;
    }

    @Override
    public VoiceService<TtsRequest, TtsResponse> textToSpeech() {
        return textToSpeech;
    }

    private record Stage<Q, A>(
            TopicClient<NoLevels, Envelope<Q>> requestTopic,
            TopicClient<NoLevels, Envelope<A>> responseTopic,
            TopicClient<NoLevels, Envelope<VoiceError>> errorTopic,
            Envelopes envelopes)
            implements VoiceService<Q, A> {

        @Override
        public Flowable<Envelope<Q>> requests() {
            return requestTopic.messages().map(Received::payload);
        }

        @Override
        public Completable request(Q request) {
            return Completable.defer(
                    () -> requestTopic.publish(NoLevels.NONE, envelopes.wrap(MessageType.REQUEST, request)));
        }

        @Override
        public Flowable<Envelope<A>> responses() {
            return responseTopic.messages().map(Received::payload);
        }

        @Override
        public Completable respond(A response) {
            return Completable.defer(
                    () -> responseTopic.publish(NoLevels.NONE, envelopes.wrap(MessageType.RESPONSE, response)));
        }

        @Override
        public Flowable<Envelope<VoiceError>> errors() {
            return errorTopic.messages().map(Received::payload);
        }

        @Override
        public Completable fail(VoiceError error) {
            return Completable.defer(() -> errorTopic.publish(NoLevels.NONE, envelopes.wrap(MessageType.ERROR, error)));
        }
    }
}
