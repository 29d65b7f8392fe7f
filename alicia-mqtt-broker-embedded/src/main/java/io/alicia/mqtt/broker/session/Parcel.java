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
    /** Who waits for it to arrive; null if nobody does. */
    final @Nullable Arrivals arrivals;

    Parcel(
            Message message,
            List<Target<Session>> targets,
            @Nullable Session publisher,
            @Nullable TopicFilter sharedFilter,
            @Nullable Arrivals arrivals) {
        this.message = message;
        this.targets = targets;
        this.publisher = publisher;
        this.sharedFilter = sharedFilter;
        this.arrivals = arrivals;
    }

    @Override
    long bytes() {
        return message.weightBytes();
    }

    @Override
    void deliver() {
        try {
            deliverHere();
        } finally {
            if (arrivals != null) {
                arrivals.arrived();
            }
        }
    }

    /** Delivers without ever having left the event loop. */
    void deliverHere() {
        for (int i = 0; i < targets.size(); i++) {
            Target<Session> target = targets.get(i);
            target.subscriber().delivery().deliver(message, target, publisher, sharedFilter, arrivals);
        }
    }
}
