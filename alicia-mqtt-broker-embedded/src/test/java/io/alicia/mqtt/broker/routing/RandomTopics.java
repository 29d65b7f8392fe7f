package io.alicia.mqtt.broker.routing;

import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.util.SplittableRandom;

/** Names and filters over a small alphabet, so that they meet often; empty levels and {@code $} among them. */
final class RandomTopics {

    private static final String[] LEVELS = {"a", "b", "c", "", "$x", "ü"};
    private final SplittableRandom random;

    RandomTopics(SplittableRandom random) {
        this.random = random;
    }

    TopicName name() {
        while (true) {
            TopicName name = TopicName.ofOrNull(levels(false));
            if (name != null) {
                return name;
            }
        }
    }

    TopicFilter filter() {
        while (true) {
            TopicFilter filter = TopicFilter.ofOrNull(levels(true));
            if (filter != null) {
                return filter;
            }
        }
    }

    private String levels(boolean wildcards) {
        int count = random.nextInt(1, 5);
        StringBuilder topic = new StringBuilder();
        for (int i = 0; i < count; i++) {
            topic.append(i == 0 ? "" : "/");
            int choice = random.nextInt(10);
            if (wildcards && choice < 3) {
                topic.append('+');
            } else if (wildcards && choice == 3 && i == count - 1) {
                topic.append('#');
            } else {
                topic.append(LEVELS[random.nextInt(LEVELS.length)]);
            }
        }
        return topic.toString();
    }
}
