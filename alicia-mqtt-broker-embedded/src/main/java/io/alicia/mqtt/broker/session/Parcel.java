package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.routing.Target;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message for the sessions of one event loop, on its way there. */
final class Parcel extends Letter {

    final Message message;
    final List<Target<Session>> targets;
    final @Nullable Session publisher;
    /** The shared subscription that the only target was chosen from; null if there is none. */
    final @Nullable TopicFilter sharedFilter;

    Parcel(
            Message message,
            List<Target<Session>> targets,
            @Nullable Session publisher,
            @Nullable TopicFilter sharedFilter) {
        this.message = message;
        this.targets = targets;
        this.publisher = publisher;
        this.sharedFilter = sharedFilter;
    }

    @Override
    int bytes() {
        return message.payloadBytes();
    }

    @Override
    void deliver() {
        for (int i = 0; i < targets.size(); i++) {
            Target<Session> target = targets.get(i);
            target.subscriber().deliver(message, target, publisher, sharedFilter);
        }
    }
}
