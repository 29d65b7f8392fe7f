package io.alicia.mqtt.homeassistant.house;

import io.alicia.mqtt.codec.PayloadException;
import io.alicia.mqtt.homeassistant.check.DiscoveryTopic;
import io.alicia.mqtt.homeassistant.component.Availability;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.DeviceDiscovery;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The devices of a house for Home Assistant, by what they say on the house's own topics: feed it with their messages.
 *
 * <p>Entities hang on the house's own topics: Home Assistant reads what sensors and devices publish anyway, and its commands are
 * the house's commands. A measurement becomes a sensor with its class and unit; a bulb a light and a choice of colours; a
 * speaker a volume, its playback, buttons and announcements; another device that is on or off a switch, and one that detects, or
 * is open or closed, a sensor of two states; a service whether it runs and whether it has a problem; any other field a plain
 * sensor. What is named more than once, such as a temperature in a reading and on a topic of its own, is there once.
 *
 * <p>For one thread at a time.
 */
public final class HouseDevices {

    private static final String PREFIX = "alicia_";
    private static final String SERVICE_PREFIX = "alicia_service_";

    private final Origin origin;
    private final Map<String, Map<TopicName, Seen>> devices = new LinkedHashMap<>();

    /**
     * An empty house.
     *
     * @param origin the software that announces
     */
    public HouseDevices(Origin origin) {
        this.origin = origin;
    }

    /** {@return the topics whose messages are to be fed} */
    public static List<TopicFilter> filters() {
        return HouseSource.filters();
    }

    /**
     * {@return whether a device of the house may have this id}
     *
     * @param id an id as {@link #apply} gives it
     */
    public static boolean isId(String id) {
        return id.startsWith(PREFIX);
    }

    /**
     * {@return whether a device of the house is announced with this topic for a state: one on which it speaks, or the topics on
     *     which all services come and go}
     *
     * @param topic the topic or the Topic Filter
     */
    public static boolean isStateTopic(String topic) {
        TopicName name = TopicName.ofOrNull(topic);
        return name == null
                ? ServiceParts.COMING_AND_GOING.value().equals(topic)
                : HouseSource.of(name).isPresent();
    }

    /**
     * Takes a message.
     *
     * @param topic its topic
     * @param payload its payload; empty if what was said there is withdrawn
     * @return the device that is to be announced anew, because the message shows something of it that was not known; empty if
     *     there is nothing new
     * @throws PayloadException if it cannot be read
     */
    public Optional<String> apply(TopicName topic, String payload) {
        Optional<HouseSource> source = HouseSource.of(topic);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (payload.isEmpty()) {
            return withdrawn(id(source.get()), topic);
        }
        Seen now = named(Seen.read(source.get(), payload));
        String id = id(now.source());
        Map<TopicName, Seen> known = devices.computeIfAbsent(id, unused -> new LinkedHashMap<>());
        Seen before = known.get(topic);
        Seen both = before == null ? now : before.with(now);
        known.put(topic, both);
        return both.equals(before) ? Optional.empty() : Optional.of(id);
    }

    private Optional<String> withdrawn(String id, TopicName topic) {
        Map<TopicName, Seen> known = devices.get(id);
        return known != null && known.remove(topic) != null ? Optional.of(id) : Optional.empty();
    }

    /** Services come and go on one topic, and say in the payload who they are. */
    private static Seen named(Seen seen) {
        if (!seen.source().name().isEmpty()) {
            return seen;
        }
        String name = seen.text("service_name")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new PayloadException("service_name: expected the name of the service"));
        return new Seen(seen.source().named(name), seen.envelopes(), seen.fields(), seen.colors());
    }

    /** Two names that differ only in what topics of Home Assistant cannot hold stay two. */
    private static String id(HouseSource source) {
        String fit = DiscoveryTopic.idOf(source.name());
        if (!fit.equals(source.name())) {
            CRC32 sum = new CRC32();
            sum.update(source.name().getBytes(StandardCharsets.UTF_8));
            fit += "_" + Long.toHexString(sum.getValue());
        }
        return (source.kind().isOfService() ? SERVICE_PREFIX : PREFIX) + fit;
    }

    /** {@return the ids of all devices, in the order of appearance} */
    public Collection<String> ids() {
        return List.copyOf(devices.keySet());
    }

    /**
     * {@return the announcement of a device; empty if there is nothing of it to be seen}
     *
     * @param id its id, as {@link #apply} gives it
     */
    public Optional<DeviceDiscovery> discovery(String id) {
        Collection<Seen> known = devices.getOrDefault(id, Map.of()).values();
        Map<String, Component> parts = new LinkedHashMap<>();
        known.forEach(
                seen -> parts(new Wiring(id, seen, availability(known, seen))).forEach(parts::putIfAbsent));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(DeviceDiscovery.builder()
                        .device(device(id, known))
                        .origin(origin)
                        .putAllComponents(parts)
                        .build());
    }

    private static Map<String, Component> parts(Wiring wiring) {
        HouseSource source = wiring.seen().source();
        return switch (source.kind()) {
            case SENSOR_READING -> SensorParts.of(wiring, Set.of("device_id", "device_type", "timestamp", "location"));
            case SENSOR_MEASUREMENT ->
                SensorParts.ofScalar(wiring, source.measurement().orElseThrow());
            case DEVICE_STATUS -> DeviceParts.of(wiring);
            case SERVICE_REGISTRATION -> ServiceParts.presence(wiring);
            case SERVICE_HEALTH -> ServiceParts.health(wiring);
            case SENSOR_AVAILABILITY, DEVICE_AVAILABILITY -> Map.of();
        };
    }

    /** By its own topic if the device has said there whether it is there, or else by its status if that says so. */
    private static List<Availability> availability(Collection<Seen> known, Seen seen) {
        List<Availability> own = new ArrayList<>();
        known.stream()
                .filter(other -> seen.source()
                        .kind()
                        .availability()
                        .filter(other.source().kind()::equals)
                        .isPresent())
                .map(other -> Availability.of(TopicFilter.exactly(other.source().topic())))
                .forEach(own::add);
        boolean inStatus = seen.source().kind() == HouseSource.Kind.DEVICE_STATUS
                && seen.text("status")
                        .filter(List.of("online", "offline")::contains)
                        .isPresent();
        if (own.isEmpty() && inStatus) {
            Wiring wiring = new Wiring("", seen, List.of());
            Template template = wiring.template("status");
            own.add(Availability.builder()
                    .topic(wiring.stateTopic())
                    .valueTemplate(template)
                    .build());
        }
        return own;
    }

    private static Device device(String id, Collection<Seen> known) {
        HouseSource source = known.iterator().next().source();
        Device.Builder device = Device.builder()
                .addIdentifiers(id)
                .name(Wiring.title(source.name()))
                .manufacturer("Alicia");
        first(known, "device_type").ifPresent(device::model);
        first(known, "location").map(Wiring::title).ifPresent(device::suggestedArea);
        first(known, "version").ifPresent(device::swVersion);
        return device.build();
    }

    private static Optional<String> first(Collection<Seen> known, String field) {
        return known.stream()
                .flatMap(seen -> seen.text(field).stream())
                .filter(text -> !text.isBlank())
                .findFirst();
    }
}
