package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.routing.Subscription;
import io.alicia.mqtt.broker.routing.SubscriptionIndex;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.netty.channel.DefaultEventLoop;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
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

    @Test
    void a_topic_with_thousands_of_subscribers_takes_the_place_of_many_others() {
        DefaultEventLoop loop = new DefaultEventLoop();
        try {
            subscribe(BareBroker.on(loop, InstantSource.system()), 50_000);

            for (int i = 0; i < 20; i++) {
                assertThat(route("t/" + i).size()).isEqualTo(50_000);
                assertThat(routes.targets()).isLessThanOrEqualTo(200_000).isEqualTo(routes.size() * 50_000);
            }

            assertThat(route("t/19")).isSameAs(route("t/19"));
        } finally {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private void subscribe(Broker broker, int sessions) {
        for (int i = 0; i < sessions; i++) {
            Session session = broker.sessions().of("c" + i, broker.loops().get(0));
            index.subscribe(new Subscription<>(session, TopicFilter.of("#"), Qos.AT_MOST_ONCE, false, false, 0));
        }
    }
}
