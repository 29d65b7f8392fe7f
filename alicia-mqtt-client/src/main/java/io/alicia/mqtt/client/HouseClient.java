package io.alicia.mqtt.client;

import io.alicia.mqtt.Commands;
import io.alicia.mqtt.DecodingError;
import io.alicia.mqtt.Devices;
import io.alicia.mqtt.HandlerError;
import io.alicia.mqtt.Sensors;
import io.alicia.mqtt.Services;
import io.alicia.mqtt.TypedTopic;
import io.alicia.mqtt.Voice;
import io.alicia.mqtt.codec.AliciaMessage;
import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.homeassistant.live.HomeAssistant;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link AliciaMqttClient} over a {@link Core}. */
final class HouseClient implements AliciaMqttClient {

    private final Core core;
    private final TopicClients topics;
    private final Sensors sensors;
    private final Devices devices;
    private final Voice voice;
    private final Commands commands;
    private final Services services;
    private final Supplier<HomeAssistant> makesHomeAssistant;
    private @Nullable HomeAssistant homeAssistant;

    HouseClient(
            Core core,
            AliciaMessages messages,
            Supplier<String> messageIds,
            Supplier<HomeAssistant> makesHomeAssistant) {
        this.core = core;
        this.makesHomeAssistant = makesHomeAssistant;
        this.topics = new TopicClients(core);
        ClientSettings settings = core.settings();
        Envelopes envelopes =
                new Envelopes(settings.accountName().orElse(settings.clientIdentifier()), messageIds, core::now);
        Requests requests = new Requests(core, envelopes);
        Answers answers = new Answers(core, core::now);
        this.sensors = new SensorsClient(topics, messages);
        this.devices = new DevicesClient(topics, messages, requests, answers, envelopes);
        this.voice = new VoiceClient(topics, messages, envelopes);
        this.commands = new CommandsClient(topics, messages, requests, answers, envelopes);
        this.services = new ServicesClient(topics, messages);
    }

    @Override
    public void connect() {
        await(connectAsync());
    }

    @Override
    public Completable connectAsync() {
        return core.start(true).onErrorResumeNext(failure -> core.close().andThen(Completable.error(failure)));
    }

    @Override
    public void start() {
        core.startTrying();
    }

    @Override
    public Sensors sensors() {
        return sensors;
    }

    @Override
    public Devices devices() {
        return devices;
    }

    @Override
    public Voice voice() {
        return voice;
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public Services services() {
        return services;
    }

    @Override
    public synchronized HomeAssistant homeAssistant() {
        if (homeAssistant == null) {
            homeAssistant = makesHomeAssistant.get();
        }
        return homeAssistant;
    }

    @Override
    public <T, P> TypedTopic<T, P> topic(TopicTemplate<T> template, PayloadCodec<P> codec) {
        return topics.of(template, codec);
    }

    @Override
    public <T, P> TypedTopic<T, P> topic(AliciaMessage<T, P> message) {
        return topics.of(message);
    }

    @Override
    public Flowable<DecodingError> decodingErrors() {
        return core.decodingErrors().stream();
    }

    @Override
    public Flowable<HandlerError> handlerErrors() {
        return core.handlerErrors().stream();
    }

    @Override
    public ConnectionState connectionState() {
        return core.state();
    }

    @Override
    public Flowable<ConnectionState> connectionStates() {
        return core.states();
    }

    @Override
    public Completable subscribed() {
        return core.subscribed();
    }

    @Override
    public Completable closeAsync() {
        endAnnouncing();
        return core.close();
    }

    private synchronized void endAnnouncing() {
        if (homeAssistant != null) {
            homeAssistant.close();
        }
    }

    @Override
    public void close() {
        await(closeAsync());
    }

    /** Whoever interrupts a thread that waits here finds it interrupted. */
    private static void await(Completable step) {
        try {
            step.blockingAwait();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }

    /** The client and where it stands; nothing secret. */
    @Override
    public String toString() {
        return core.settings().clientIdentifier() + " " + core.state();
    }
}
