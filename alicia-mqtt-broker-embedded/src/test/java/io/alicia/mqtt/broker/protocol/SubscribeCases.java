package io.alicia.mqtt.broker.protocol;

import static io.alicia.mqtt.broker.protocol.PacketCase.V3;
import static io.alicia.mqtt.broker.protocol.PacketCase.V5;
import static io.alicia.mqtt.broker.protocol.PacketCase.bad;
import static io.alicia.mqtt.broker.protocol.PacketCase.fromClient;
import static io.alicia.mqtt.protocol.ReasonCode.MALFORMED_PACKET;
import static io.alicia.mqtt.protocol.ReasonCode.PROTOCOL_ERROR;

import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.RetainHandling;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;

/** SUBSCRIBE and UNSUBSCRIBE (MQTT 5 §3.8, §3.10). */
final class SubscribeCases {

    private static final Subscription A_0 = new Subscription(TopicFilter.of("a"), Qos.AT_MOST_ONCE);
    private static final Subscription B_2 = new Subscription(TopicFilter.of("b/#"), Qos.EXACTLY_ONCE);

    private SubscribeCases() {}

    static List<PacketCase> accepted() {
        return List.of(
                fromClient(V3, "one filter", "82 06 0001 0001'a' 00", new Subscribe(1, List.of(A_0), 0, List.of())),
                fromClient(
                        V3,
                        "two filters",
                        "82 0C 0001 0001'a' 00 0003'b/#' 02",
                        new Subscribe(1, List.of(A_0, B_2), 0, List.of())),
                fromClient(V5, "no options", "82 07 0001 00 0001'a' 00", new Subscribe(1, List.of(A_0), 0, List.of())),
                fromClient(
                        V5,
                        "identifier, user property, all options",
                        "82 14 000A 0A 0B8001 26 0001'k' 0001'v' 0004'+/b/' 2D",
                        new Subscribe(
                                10,
                                List.of(new Subscription(
                                        TopicFilter.of("+/b/"),
                                        Qos.AT_LEAST_ONCE,
                                        true,
                                        true,
                                        RetainHandling.DO_NOT_SEND)),
                                128,
                                List.of(new UserProperty("k", "v")))),
                fromClient(
                        V5,
                        "shared, retain handling 1",
                        "82 10 0001 00 000A'$share/g/a' 11",
                        new Subscribe(
                                1,
                                List.of(new Subscription(
                                        TopicFilter.of("$share/g/a"),
                                        Qos.AT_LEAST_ONCE,
                                        false,
                                        false,
                                        RetainHandling.SEND_IF_NEW)),
                                0,
                                List.of())),
                fromClient(
                        V3,
                        "UNSUBSCRIBE of two",
                        "A2 0A 0001 0001'a' 0003'b/#'",
                        new Unsubscribe(1, List.of(TopicFilter.of("a"), TopicFilter.of("b/#")), List.of())),
                fromClient(
                        V5,
                        "UNSUBSCRIBE with a user property",
                        "A2 0D 0001 07 26 0001'k' 0001'v' 0001'a'",
                        new Unsubscribe(1, List.of(TopicFilter.of("a")), List.of(new UserProperty("k", "v")))));
    }

    static List<PacketCase> refused() {
        return List.of(
                bad(V3, "flags 0", "80 06 0001 0001'a' 00", MALFORMED_PACKET, "[MQTT-3.8.1-1]"),
                bad(V3, "no filter", "82 02 0001", MALFORMED_PACKET, "[MQTT-3.8.3-3]"),
                bad(V5, "no filter", "82 03 0001 00", MALFORMED_PACKET, "[MQTT-3.8.3-2]"),
                bad(V3, "identifier 0", "82 06 0000 0001'a' 00", MALFORMED_PACKET, "[MQTT-2.3.1-1]"),
                bad(V3, "QoS 3", "82 06 0001 0001'a' 03", MALFORMED_PACKET, "[MQTT-3.8.3-4]"),
                bad(V3, "reserved bit of 3.1.1", "82 06 0001 0001'a' 04", MALFORMED_PACKET, "[MQTT-3.8.3-4]"),
                bad(V5, "QoS 3", "82 07 0001 00 0001'a' 03", MALFORMED_PACKET, "Maximum QoS"),
                bad(V5, "reserved bit 6", "82 07 0001 00 0001'a' 40", MALFORMED_PACKET, "[MQTT-3.8.3-5]"),
                bad(V5, "reserved bit 7", "82 07 0001 00 0001'a' 80", MALFORMED_PACKET, "[MQTT-3.8.3-5]"),
                bad(V5, "retain handling 3", "82 07 0001 00 0001'a' 30", MALFORMED_PACKET, "Retain Handling"),
                bad(V5, "no local, shared", "82 10 0001 00 000A'$share/g/a' 04", PROTOCOL_ERROR, "[MQTT-3.8.3-4]"),
                bad(
                        V5,
                        "identifier property 0",
                        "82 09 0001 02 0B00 0001'a' 00",
                        MALFORMED_PACKET,
                        "Subscription Identifier"),
                bad(V5, "identifier property twice", "82 0B 0001 04 0B01 0B01 0001'a' 00", PROTOCOL_ERROR, "twice"),
                bad(V3, "empty filter", "82 05 0001 0000 00", MALFORMED_PACKET, "[MQTT-4.7.3-1]"),
                bad(V3, "no options", "82 05 0001 0001'a'", MALFORMED_PACKET, "Subscription Options at byte 5"),
                bad(V3, "second filter without options", "82 09 0001 0001'a' 00 0001'b'", MALFORMED_PACKET, "Options"),
                bad(V3, "# in the middle", "82 08 0001 0003'#/a' 00", MALFORMED_PACKET, "[MQTT-4.7.1-1]"),
                bad(V3, "# beside a letter", "82 07 0001 0002'a#' 00", MALFORMED_PACKET, "[MQTT-4.7.1-1]"),
                bad(V3, "+ beside a letter", "82 07 0001 0002'a+' 00", MALFORMED_PACKET, "[MQTT-4.7.1-2]"),
                bad(V5, "shared without filter", "82 0E 0001 00 0008'$share/g' 00", PROTOCOL_ERROR, "[MQTT-4.8.2-2]"),
                bad(V5, "shared with empty filter", "82 0F 0001 00 0009'$share/g/' 00", PROTOCOL_ERROR, "$share"),
                bad(V5, "shared with empty name", "82 0F 0001 00 0009'$share//a' 00", PROTOCOL_ERROR, "[MQTT-4.8.2-1]"),
                bad(
                        V5,
                        "shared with wildcard name",
                        "82 10 0001 00 000A'$share/+/a' 00",
                        PROTOCOL_ERROR,
                        "[MQTT-4.8.2-2]"),
                bad(V3, "UNSUBSCRIBE with flags 0", "A0 05 0001 0001'a'", MALFORMED_PACKET, "[MQTT-3.10.1-1]"),
                bad(V3, "UNSUBSCRIBE without filter", "A2 02 0001", MALFORMED_PACKET, "[MQTT-3.10.3-2]"),
                bad(V5, "UNSUBSCRIBE without filter", "A2 03 0001 00", MALFORMED_PACKET, "[MQTT-3.10.3-2]"),
                bad(
                        V5,
                        "UNSUBSCRIBE with a foreign property",
                        "A2 08 0001 02 0B01 0001'a'",
                        MALFORMED_PACKET,
                        "Subscription"),
                bad(V3, "UNSUBSCRIBE, ill-formed filter", "A2 05 0001 0001 FF", MALFORMED_PACKET, "[MQTT-1.5.3-1]"));
    }
}
