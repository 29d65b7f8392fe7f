package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.routing.SubscriptionIndex;
import io.alicia.mqtt.topic.TopicName;
import org.junit.jupiter.api.Test;

class RouteCacheTest {

    private final SubscriptionIndex<Session> index = new SubscriptionIndex<>();
    private final RouteCache routes = new RouteCache();

    private RouteCache.Route route(String topic) {
        return routes.routeOf(TopicName.of(topic), index, true);
    }

    @Test
    void a_topic_that_is_published_again_has_its_route_already() {
        assertThat(route("alicia/sensors/hall/temperature")).isSameAs(route("alicia/sensors/hall/temperature"));
    }

    @Test
    void endless_topics_and_long_ones_do_not_grow_its_memory() {
        for (int i = 0; i < 10_000; i++) {
            route("t/" + i);
            assertThat(routes.size()).isLessThanOrEqualTo(4_096);
        }
        int before = routes.size();

        route("x".repeat(60_000));

        assertThat(routes.size()).isEqualTo(before);
    }
}
