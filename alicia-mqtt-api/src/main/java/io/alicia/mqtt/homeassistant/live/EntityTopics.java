package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;

/**
 * Names for an entity and its topics.
 *
 * @param base the topic below which they are
 * @param uniqueId the id by which Home Assistant knows the entity for good
 */
public record EntityTopics(TopicName base, String uniqueId) {

    /** {@return where its state is published} */
    public TopicName state() {
        return named("state");
    }

    /** {@return {@link #state()} as Home Assistant subscribes to it} */
    public TopicFilter stateFilter() {
        return TopicFilter.exactly(state());
    }

    /** {@return where its commands come} */
    public TopicName command() {
        return named("set");
    }

    /**
     * {@return another topic of it}
     *
     * @param levels one or several levels
     */
    public TopicName named(String levels) {
        return TopicName.of(base + "/" + levels);
    }
}
