package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** What stands before the topics of a listener's clients inside the broker; clients never see it. */
final class MountPoint {

    private MountPoint() {}

    /** The topic inside the broker; null if it would be too long. */
    static @Nullable TopicName inOrNull(String mountPoint, TopicName topic) {
        return mountPoint.isEmpty() ? topic : TopicName.ofReceivedOrNull(mountPoint + topic.value());
    }

    /** The filter inside the broker; null if it would be too long. */
    static @Nullable TopicFilter inOrNull(String mountPoint, TopicFilter filter) {
        if (mountPoint.isEmpty()) {
            return filter;
        }
        String mounted = mountPoint + filter.withoutShare().value();
        return TopicFilter.ofReceivedOrNull(
                filter.shareName().map(name -> "$share/" + name + "/" + mounted).orElse(mounted));
    }

    /** The topic as the client knows it; null if it lies outside of what the client can see. */
    static @Nullable TopicName outOrNull(String mountPoint, TopicName topic) {
        return topic.value().startsWith(mountPoint)
                ? TopicName.ofReceivedOrNull(topic.value().substring(mountPoint.length()))
                : null;
    }
}
