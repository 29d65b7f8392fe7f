package io.alicia.mqtt.client;

import io.alicia.mqtt.codec.AliciaMessage;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.topic.TopicTemplate;

/** Makes typed topics over one {@link Core}. */
final class TopicClients {

    private final Core core;

    TopicClients(Core core) {
        this.core = core;
    }

    <T, P> TopicClient<T, P> of(TopicTemplate<T> template, PayloadCodec<P> codec) {
        return new TopicClient<>(core, TopicUse.of(template, codec));
    }

    <T, P> TopicClient<T, P> of(AliciaMessage<T, P> message) {
        return new TopicClient<>(core, TopicUse.of(message));
    }
}
