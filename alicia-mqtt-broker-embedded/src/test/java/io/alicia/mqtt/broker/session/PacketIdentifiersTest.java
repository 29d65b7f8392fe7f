package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** [MQTT-2.2.1-4]: a new message has an identifier that none on its way has. */
class PacketIdentifiersTest {

    private final Set<Integer> inUse = new HashSet<>();
    private final PacketIdentifiers identifiers = new PacketIdentifiers(inUse::contains);

    @Test
    void are_counted_and_begin_again_behind_the_largest() {
        assertThat(identifiers.next()).isEqualTo(1);
        assertThat(identifiers.next()).isEqualTo(2);

        identifiers.countFrom(PacketIdentifiers.MAX - 1);

        assertThat(identifiers.next()).isEqualTo(PacketIdentifiers.MAX);
        assertThat(identifiers.next()).isEqualTo(1);
    }

    @Test
    void in_use_are_passed_over() {
        inUse.addAll(Set.of(1, 2, PacketIdentifiers.MAX));

        assertThat(identifiers.next()).isEqualTo(3);
        identifiers.countFrom(PacketIdentifiers.MAX - 1);
        assertThat(identifiers.next()).isEqualTo(3);
        assertThat(identifiers.last()).isEqualTo(3);
    }
}
