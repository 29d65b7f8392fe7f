package io.alicia.mqtt.client;

import io.alicia.mqtt.PublishFailedException;
import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.homeassistant.live.HomeAssistantLink;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import java.util.List;
import java.util.Optional;

/** {@link HomeAssistantLink} over the {@link Core}, which says the client's presence itself. */
final class HomeAssistantClient implements HomeAssistantLink {

    private final Core core;
    private final boolean hasOriginOfItsOwn;

    HomeAssistantClient(Core core, boolean hasOriginOfItsOwn) {
        this.core = core;
        this.hasOriginOfItsOwn = hasOriginOfItsOwn;
    }

    @Override
    public Flowable<ApplicationMessage> messages(List<TopicFilter> filters, Qos qos) {
        return core.stream(new StreamOptions(filters, qos, false), (message, taken) -> message);
    }

    @Override
    public Completable publish(ApplicationMessage message) {
        return core.publish(message, core.settings().publishDeadline())
                .flatMapCompletable(result -> result.isAcknowledged()
                        ? Completable.complete()
                        : Completable.error(new PublishFailedException(message.topic(), result)));
    }

    @Override
    public Optional<Decision> refusal(Access access, TopicName topic) {
        return core.settings().refusal(access, topic);
    }

    @Override
    public boolean saysPresence() {
        return true;
    }

    @Override
    public boolean hasOriginOfItsOwn() {
        return hasOriginOfItsOwn;
    }

    @Override
    public Flowable<Boolean> connected() {
        return core.states().map(ConnectionState.Connected.class::isInstance).distinctUntilChanged();
    }
}
