package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Topic Filters have their own matching, which is what a tree of them is held against. */
class RoutesTest {

    private static final List<String> LEVELS = List.of("a", "b", "ab", "", "$a", "ä");

    private final Routes routes = new Routes();

    @Test
    void finds_what_matches_and_nothing_else_while_streams_come_and_go() {
        long seed = Long.getLong("alicia.routes.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<MessageFlow<?>> flows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            if (flows.isEmpty() || random.nextInt(5) < 3) {
                MessageFlow<?> flow = stream(IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(number -> filter(random))
                        .toList());
                flows.add(flow);
                routes.add(flow);
            } else {
                MessageFlow<?> flow = flows.remove(random.nextInt(flows.size()));
                assertThat(routes.remove(flow)).isTrue();
                assertThat(routes.remove(flow)).isFalse();
            }
            TopicName topic = topic(random);

            assertThat(routes.of(arriving(topic), false))
                    .as("%s, seed %d", topic, seed)
                    .containsExactlyInAnyOrderElementsOf(flows.stream()
                            .filter(flow -> flow.filters().stream()
                                    .anyMatch(filter -> filter.withoutShare().matches(topic)))
                            .<MessageFlow<?>>map(flow -> flow)
                            .toList());
            assertThat(routes.streams()).isEqualTo(flows.size());
        }
    }

    @Test
    void gives_a_copy_to_the_streams_of_the_subscription_that_it_names() {
        MessageFlow<?> all = stream(List.of(TopicFilter.of("#")));
        MessageFlow<?> hall = stream(List.of(TopicFilter.of("hall/+")));
        MessageFlow<?> attic = stream(List.of(TopicFilter.of("attic/+")));
        Stream.of(all, hall, attic).forEach(routes::add);
        Delivery copy = arriving(
                TopicName.of("hall/lamp"),
                List.of(
                        SubscriptionIdentifiers.of(TopicFilter.of("hall/+")),
                        SubscriptionIdentifiers.of(TopicFilter.of("attic/+"))));

        assertThat(routes.of(copy, true)).hasSize(1).first().isSameAs(hall);
        assertThat(routes.of(copy, false)).hasSize(2);
    }

    private static TopicFilter filter(SplittableRandom random) {
        String levels = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> random.nextInt(3) == 0 ? "+" : LEVELS.get(random.nextInt(LEVELS.size())))
                .collect(Collectors.joining("/"));
        String whole = random.nextInt(3) == 0 ? levels + "/#" : levels;
        String some = whole.isEmpty() ? "#" : whole;
        return TopicFilter.of(random.nextInt(6) == 0 ? "$share/s/" + some : some);
    }

    private static TopicName topic(SplittableRandom random) {
        String levels = IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> LEVELS.get(random.nextInt(LEVELS.size())))
                .collect(Collectors.joining("/"));
        return TopicName.of(levels.isEmpty() ? "a" : levels);
    }

    private static MessageFlow<?> stream(List<TopicFilter> filters) {
        return new MessageFlow<>(
                new StreamOptions(filters, Qos.AT_MOST_ONCE, false),
                (message, taken) -> message,
                new TestSubscriber<ApplicationMessage>(),
                Schedulers.trampoline().createWorker(),
                cancelled -> {});
    }

    private static Delivery arriving(TopicName topic) {
        return arriving(topic, List.of());
    }

    private static Delivery arriving(TopicName topic, List<Integer> subscriptionIdentifiers) {
        return new Delivery() {
            @Override
            public ApplicationMessage message() {
                return ApplicationMessage.builder().topic(topic).build();
            }

            @Override
            public List<Integer> subscriptionIdentifiers() {
                return subscriptionIdentifiers;
            }

            /** Has QoS 0. */
            @Override
            public void acknowledge() {}
        };
    }
}
