package io.alicia.mqtt.broker.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SubscriptionIndexTest {

    private final SubscriptionIndex<TestSubscriber> index = new SubscriptionIndex<>();

    @Test
    void finds_exactly_the_filters_that_match_through_any_sequence_of_changes() {
        for (long seed = 1; seed <= 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RandomTopics topics = new RandomTopics(random);
            SubscriptionIndex<TestSubscriber> tested = new SubscriptionIndex<>();
            List<TestSubscriber> subscribers =
                    List.of(new TestSubscriber("one"), new TestSubscriber("two"), new TestSubscriber("three"));
            Map<TestSubscriber, Map<TopicFilter, Subscription<TestSubscriber>>> model = new HashMap<>();

            for (int step = 0; step < 150; step++) {
                TestSubscriber subscriber = subscribers.get(random.nextInt(subscribers.size()));
                Map<TopicFilter, Subscription<TestSubscriber>> own =
                        model.computeIfAbsent(subscriber, s -> new HashMap<>());
                TopicFilter filter = topics.filter();
                if (random.nextInt(4) == 0) {
                    assertThat(tested.unsubscribe(subscriber, filter))
                            .as("seed %d", seed)
                            .isEqualTo(own.remove(filter));
                } else {
                    Subscription<TestSubscriber> subscription = subscription(subscriber, filter, step + 1);
                    assertThat(tested.subscribe(subscription))
                            .as("seed %d", seed)
                            .isEqualTo(own.put(filter, subscription));
                }
            }

            for (int i = 0; i < 100; i++) {
                TopicName name = topics.name();
                Map<TestSubscriber, Set<Integer>> expected = new HashMap<>();
                model.forEach((subscriber, own) -> own.forEach((filter, subscription) -> {
                    if (filter.matches(name)) {
                        expected.computeIfAbsent(subscriber, s -> new HashSet<>())
                                .add(subscription.identifier());
                    }
                }));
                assertThat(identifiers(tested.match(name).merged()))
                        .as("seed %d, topic \"%s\"", seed, name)
                        .isEqualTo(expected);
            }
        }
    }

    private static Map<TestSubscriber, Set<Integer>> identifiers(List<Target<TestSubscriber>> targets) {
        Map<TestSubscriber, Set<Integer>> found = new HashMap<>();
        for (Target<TestSubscriber> target : targets) {
            Set<Integer> identifiers = new HashSet<>(target.identifiers());
            assertThat(found.put(target.subscriber(), identifiers))
                    .as("one target for %s", target.subscriber())
                    .isNull();
        }
        return found;
    }

    @Test
    void merges_overlapping_subscriptions_into_the_highest_qos_and_all_identifiers() {
        TestSubscriber subscriber = new TestSubscriber("s");
        index.subscribe(new Subscription<>(subscriber, TopicFilter.of("a/#"), Qos.AT_LEAST_ONCE, false, false, 7));
        index.subscribe(new Subscription<>(subscriber, TopicFilter.of("a/b"), Qos.EXACTLY_ONCE, false, true, 9));

        Matches<TestSubscriber> matches = index.match(TopicName.of("a/b"));

        assertThat(matches.merged()).singleElement().satisfies(target -> {
            assertThat(target.maximumQos()).isEqualTo(Qos.EXACTLY_ONCE);
            assertThat(target.retainAsPublished()).isTrue();
            assertThat(target.identifiers()).containsExactlyInAnyOrder(7, 9);
        });
        assertThat(matches.unmerged()).hasSize(2);
    }

    @Test
    void leaves_subscriptions_with_no_local_out_of_the_subscribers_own_messages_alone() {
        TestSubscriber subscriber = new TestSubscriber("s");
        index.subscribe(new Subscription<>(subscriber, TopicFilter.of("a/#"), Qos.EXACTLY_ONCE, true, false, 1));
        index.subscribe(new Subscription<>(subscriber, TopicFilter.of("a/b"), Qos.AT_MOST_ONCE, false, false, 2));

        Target<TestSubscriber> both = index.match(TopicName.of("a/b")).merged().get(0);
        Target<TestSubscriber> one = index.match(TopicName.of("a/c")).merged().get(0);

        assertThat(both.forOwnMessageOrNull()).isNotNull().satisfies(target -> {
            assertThat(target.maximumQos()).isEqualTo(Qos.AT_MOST_ONCE);
            assertThat(target.identifiers()).containsExactly(2);
        });
        assertThat(one.forOwnMessageOrNull()).isNull();
    }

    @Test
    void gives_each_message_of_a_shared_subscription_to_the_next_member() {
        TestSubscriber one = new TestSubscriber("one");
        TestSubscriber two = new TestSubscriber("two");
        index.subscribe(subscription(one, TopicFilter.of("$share/g/a/+"), 0));
        index.subscribe(subscription(two, TopicFilter.of("$share/g/a/+"), 0));

        List<TestSubscriber> turns = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            turns.add(group("a/b").next().subscriber());
        }

        assertThat(turns).containsExactly(one, two, one, two);
        assertThat(index.match(TopicName.of("a/b")).merged()).isEmpty();
    }

    @Test
    void prefers_members_of_a_shared_subscription_that_can_take_a_message_now() {
        TestSubscriber away = new TestSubscriber("away");
        TestSubscriber full = new TestSubscriber("full");
        TestSubscriber free = new TestSubscriber("free");
        for (TestSubscriber member : List.of(away, full, free)) {
            index.subscribe(subscription(member, TopicFilter.of("$share/g/a"), 0));
        }
        away.connected = false;
        away.ready = false;
        full.ready = false;

        assertThat(List.of(next("a"), next("a"), next("a"))).containsOnly(free);

        index.unsubscribe(free, TopicFilter.of("$share/g/a"));
        assertThat(List.of(next("a"), next("a"))).containsOnly(full);

        index.unsubscribe(full, TopicFilter.of("$share/g/a"));
        assertThat(next("a")).isSameAs(away);

        index.unsubscribe(away, TopicFilter.of("$share/g/a"));
        assertThat(index.match(TopicName.of("a")).shared()).isEmpty();
    }

    private TestSubscriber next(String topic) {
        return group(topic).next().subscriber();
    }

    private SharedGroup<TestSubscriber> group(String topic) {
        return index.match(TopicName.of(topic)).shared().get(0);
    }

    @Test
    void loses_no_change_and_tears_no_read_when_threads_change_it_at_once() throws Exception {
        int writers = 3;
        TestSubscriber steady = new TestSubscriber("steady");
        index.subscribe(subscription(steady, TopicFilter.of("w/+/#"), 1));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            Future<Integer> reader = threads.submit(() -> {
                int reads = 0;
                while (!done.get() || reads == 0) {
                    assertThat(index.match(TopicName.of("w/1/x")).merged())
                            .anyMatch(target -> target.subscriber() == steady);
                    reads++;
                }
                return reads;
            });
            List<Callable<List<Subscription<TestSubscriber>>>> tasks = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                tasks.add(writer(w));
            }
            List<Subscription<TestSubscriber>> left = new ArrayList<>();
            for (Future<List<Subscription<TestSubscriber>>> task : threads.invokeAll(tasks)) {
                left.addAll(task.get());
            }
            done.set(true);

            assertThat(reader.get()).isPositive();
            List<Integer> found = new ArrayList<>();
            for (int level = 0; level < 10; level++) {
                for (Target<TestSubscriber> target :
                        index.match(TopicName.of("w/" + level)).unmerged()) {
                    if (target.subscriber() != steady) {
                        found.add(target.identifiers().get(0));
                    }
                }
            }
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(
                            left.stream().map(Subscription::identifier).toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<List<Subscription<TestSubscriber>>> writer(int number) {
        return () -> {
            SplittableRandom random = new SplittableRandom(number);
            TestSubscriber self = new TestSubscriber("writer " + number);
            Map<TopicFilter, Subscription<TestSubscriber>> own = new HashMap<>();
            for (int step = 0; step < 4000; step++) {
                TopicFilter filter = TopicFilter.of("w/" + random.nextInt(10));
                if (random.nextInt(3) == 0) {
                    index.unsubscribe(self, filter);
                    own.remove(filter);
                } else {
                    Subscription<TestSubscriber> subscription = subscription(self, filter, 1 + number * 4000 + step);
                    index.subscribe(subscription);
                    own.put(filter, subscription);
                }
            }
            List<Subscription<TestSubscriber>> left = new ArrayList<>(own.values());
            left.sort(Comparator.comparing(Subscription::filter));
            return left;
        };
    }

    private static Subscription<TestSubscriber> subscription(
            TestSubscriber subscriber, TopicFilter filter, int identifier) {
        return new Subscription<>(subscriber, filter, Qos.EXACTLY_ONCE, false, false, identifier);
    }
}
