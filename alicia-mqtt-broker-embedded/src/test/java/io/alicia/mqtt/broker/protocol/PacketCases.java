package io.alicia.mqtt.broker.protocol;

import java.util.List;
import java.util.stream.Stream;

/** The whole table. */
final class PacketCases {

    private PacketCases() {}

    static List<PacketCase> all() {
        return Stream.of(
                        ConnectCases.accepted(),
                        ConnectCases.refused(),
                        PublishCases.accepted(),
                        PublishCases.refused(),
                        AcknowledgementCases.all(),
                        SubscribeCases.accepted(),
                        SubscribeCases.refused(),
                        ServerCases.all(),
                        ClosingCases.all(),
                        FixedHeaderCases.all())
                .flatMap(List::stream)
                .toList();
    }

    static List<PacketCase> packets() {
        return all().stream().filter(row -> row.packet() != null).toList();
    }
}
