package io.alicia.mqtt.broker.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** The decoder in a pipeline. */
class PacketDecoderHandlerTest {

    private final EmbeddedChannel channel =
            new EmbeddedChannel(new PacketDecoderHandler(PacketDecoder.ofClient(1_000, 1_000)));

    @Test
    void every_packet_of_a_byte_by_byte_connection_arrives_in_order() {
        byte[] bytes = Bytes.of("10 0C 0004'MQTT' 04 02 003C 0000  30 07 0003'a/b' 'hi'  30 07 0003'a/b' 'ho'  E0 00");
        for (byte b : bytes) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {b}));
        }

        assertThat(channel.inboundMessages().poll()).isInstanceOf(Connect.class);
        assertPayload("hi");
        assertPayload("ho");
        assertThat(channel.inboundMessages().poll()).isInstanceOf(Disconnect.class);
        assertThat(channel.finish()).isFalse();
    }

    @Test
    void after_a_failure_nothing_more_arrives() {
        channel.writeInbound(Unpooled.wrappedBuffer(Bytes.of("C0 00 C0 00")));
        channel.writeInbound(Unpooled.wrappedBuffer(Bytes.of("10 0C 0004'MQTT' 04 02 003C 0000")));

        assertThat(channel.inboundMessages().poll()).isInstanceOf(DecodeFailure.class);
        assertThat(channel.inboundMessages().poll()).isNull();
        assertThat(channel.finish()).isFalse();
    }

    private void assertPayload(String expected) {
        assertThat(channel.inboundMessages().poll()).isInstanceOfSatisfying(Publish.class, publish -> {
            assertThat(publish.payload()).isEqualTo(Unpooled.wrappedBuffer(Bytes.of("'" + expected + "'")));
            publish.release();
        });
    }
}
