package io.alicia.mqtt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BinaryDataTest {

    private static final BinaryData TWO_AND_THREE = BinaryData.of(new byte[] {2, 3});

    @Test
    void takes_what_is_left_in_a_buffer_wherever_its_bytes_are() {
        byte[] bytes = {1, 2, 3, 4};
        ByteBuffer direct = ByteBuffer.allocateDirect(4).put(bytes).position(1).limit(3);

        assertThat(BinaryData.wrap(ByteBuffer.wrap(bytes, 1, 2))).isEqualTo(TWO_AND_THREE);
        assertThat(BinaryData.wrap(ByteBuffer.wrap(bytes, 1, 2).slice())).isEqualTo(TWO_AND_THREE);
        assertThat(BinaryData.wrap(ByteBuffer.wrap(bytes, 1, 2).asReadOnlyBuffer()))
                .isEqualTo(TWO_AND_THREE);
        assertThat(BinaryData.wrap(direct)).isEqualTo(TWO_AND_THREE);
        assertThat(BinaryData.wrap(ByteBuffer.wrap(new byte[] {2, 3}))).isEqualTo(TWO_AND_THREE);
        assertThat(direct.remaining()).isEqualTo(2);
    }

    @Test
    void holds_nothing_of_a_larger_array_that_it_is_a_part_of() {
        byte[] packet = {1, 2, 3, 4};

        BinaryData part = BinaryData.wrap(ByteBuffer.wrap(packet, 1, 2));
        packet[1] = 0;

        assertThat(part).isEqualTo(TWO_AND_THREE);
    }

    @Test
    void gives_nothing_away_that_could_change_it() {
        TWO_AND_THREE.toByteArray()[0] = 0;

        assertThat(TWO_AND_THREE.toByteArray()).containsExactly(2, 3);
        assertThat(TWO_AND_THREE.toByteBuffer().isReadOnly()).isTrue();
        assertThat(TWO_AND_THREE.toByteBuffer().get()).isEqualTo((byte) 2);
        assertThat(TWO_AND_THREE.toByteBuffer().get()).isEqualTo((byte) 2);
    }

    @Test
    void reads_text_and_replaces_what_is_none() {
        assertThat(BinaryData.ofUtf8("größer").toUtf8()).isEqualTo("größer");
        assertThat(BinaryData.of(new byte[] {'a', (byte) 0xff, 'b'}).toUtf8()).isEqualTo("a\ufffdb");
        assertThat(BinaryData.ofUtf8("")).isSameAs(BinaryData.EMPTY);
    }
}
