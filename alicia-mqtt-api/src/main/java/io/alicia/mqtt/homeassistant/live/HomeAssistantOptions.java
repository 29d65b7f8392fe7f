package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Availability;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.style.ValueStyle;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How entities are announced.
 *
 * <p>Immutable and safe to share between threads.
 */
@ValueStyle
@Value.Immutable
public abstract class HomeAssistantOptions {

    private static final String ONLINE = "online";
    private static final String OFFLINE = "offline";

    HomeAssistantOptions() {}

    /** {@return a builder; {@code origin} is required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the software that announces; its name has to be its own in the house, because by it {@link
     * HomeAssistant#orphans} tells its entities from others'}
     */
    public abstract Origin origin();

    /**
     * {@return where the client says whether it is there: {@code online} at each connect, and {@link #will()} when it is
     * gone; all its entities are available only as long as it is. If it is not given they always are}
     */
    public abstract Optional<TopicName> availabilityTopic();

    /** {@return what Home Assistant is set to listen below; {@code homeassistant} unless given} */
    @Value.Default
    public String discoveryPrefix() {
        return DiscoveryTopic.DEFAULT_PREFIX;
    }

    /** {@return where Home Assistant says that it is there; {@code homeassistant/status} unless given} */
    @Value.Default
    public TopicName statusTopic() {
        return TopicName.of("homeassistant/status");
    }

    /**
     * {@return what Home Assistant says there when it has come up, as its birth message is set; {@code online} unless given}
     */
    @Value.Default
    public String statusOnline() {
        return ONLINE;
    }

    /** {@return what Home Assistant says there when it goes, as its will message is set; {@code offline} unless given} */
    @Value.Default
    public String statusOffline() {
        return OFFLINE;
    }

    /**
     * {@return below which topic entities have theirs; {@code alicia/entities} unless given} The client's account has to be allowed
     * to publish and receive there, and of the house's standard accounts {@code alicia} alone is. One that may use other topics,
     * as {@code esp32_device} may use {@code alicia/devices/DEVICE/status} and {@code command}, {@linkplain LiveDevice#add adds}
     * entities with these; otherwise its entities appear in Home Assistant, and neither hear nor say anything.
     */
    @Value.Default
    public TopicName baseTopic() {
        return TopicName.of("alicia/entities");
    }

    /** {@return whether announcements are written with abbreviations; yes unless given} */
    @Value.Default
    public boolean abbreviated() {
        return true;
    }

    /**
     * {@return whether the house announces itself: sensors, bulbs, speakers and services, as they speak on the house's own topics,
     * whether they know of Home Assistant or not; no unless given. For one client in a house, which may receive {@code
     * alicia/#} and publish below the discovery prefix}
     */
    @Value.Default
    public boolean announcesHouse() {
        return false;
    }

    /**
     * {@return how long an announcement waits at most after Home Assistant has restarted, so that not all clients answer at
     * once; the wait is random, 5 seconds at most unless given}
     */
    @Value.Default
    public Duration longestDelay() {
        return Duration.ofSeconds(5);
    }

    /** {@return how many announcements and states are on their way at a time; 32 unless given} */
    @Value.Default
    public int inFlight() {
        return 32;
    }

    /**
     * {@return how many announcements and states there are in a second at most after Home Assistant has restarted, so that a
     * client with many entities spreads its answer; 1,000 unless given}
     */
    @Value.Default
    public int restartMessagesPerSecond() {
        return 1_000;
    }

    @Value.Check
    void check() {
        if (restartMessagesPerSecond() < 1) {
            throw new IllegalArgumentException("at least 1 message in a second, not " + restartMessagesPerSecond());
        }
        if (statusOnline().equals(statusOffline())) {
            throw new IllegalArgumentException(
                    "Home Assistant says something else when it goes than when it has come up, not " + statusOnline());
        }
        if (inFlight() < 1 || longestDelay().isNegative()) {
            throw new IllegalArgumentException("at least 1 in flight and a delay that is not negative, not "
                    + inFlight() + " and " + longestDelay());
        }
    }

    /** {@return the will to connect with: {@code offline}, retained as {@code online} is; empty without a topic for it} */
    public final Optional<Will> will() {
        return presence(false).map(Will::new);
    }

    /**
     * {@return what says that the client is there, or that it is gone, always with the same QoS and retain flag; empty without
     * a topic for it}
     *
     * @param there whether it is there
     */
    public final Optional<ApplicationMessage> presence(boolean there) {
        return availabilityTopic()
                .map(topic -> ApplicationMessage.builder()
                        .topic(topic)
                        .payload(BinaryData.ofUtf8(there ? ONLINE : OFFLINE))
                        .retain(true)
                        .build());
    }

    final Optional<Availability> availability() {
        return availabilityTopic().map(TopicFilter::exactly).map(Availability::of);
    }

    /** Collects the options. */
    public static final class Builder extends ImmutableHomeAssistantOptions.Builder {
        Builder() {}
    }
}
