package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.topic.TopicName;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two servers send again, each of what it has itself. */
class RedeliveriesTest {

    private static final ServerAddress A = ServerAddress.of("mqtt://a");
    private static final ServerAddress B = ServerAddress.of("mqtt://b");

    private final Redeliveries redeliveries = new Redeliveries();

    private record Arriving(ApplicationMessage message, boolean isDuplicate, AtomicInteger acknowledgements)
            implements Delivery {

        @Override
        public void acknowledge() {
            acknowledgements.incrementAndGet();
        }
    }

    @Test
    void are_known_when_the_client_is_back_at_the_server_that_it_had_left() {
        redeliveries.connecting(A);
        SharedDelivery inHand = arrives("pressed");
        goTo(B);
        arrives("something else");
        goTo(A);

        Arriving copy = again("pressed");
        assertThat(redeliveries.takesOver(copy)).isTrue();
        assertThat(copy.acknowledgements()).hasValue(0);
        inHand.taken();
        assertThat(copy.acknowledgements()).hasValue(1);
    }

    @Test
    void are_acknowledged_at_once_if_they_were_done_while_the_client_was_elsewhere() {
        redeliveries.connecting(A);
        SharedDelivery inHand = arrives("pressed");
        goTo(B);
        arrives("something else");
        inHand.taken();
        goTo(A);

        Arriving copy = again("pressed");
        assertThat(redeliveries.takesOver(copy)).isTrue();
        assertThat(copy.acknowledgements()).hasValue(1);
    }

    /** It was lost on its way the first time: nobody has seen it yet. */
    @Test
    void are_not_taken_for_what_another_server_has_that_says_the_same() {
        redeliveries.connecting(A);
        arrives("pressed");
        goTo(B);

        assertThat(redeliveries.takesOver(again("pressed"))).isFalse();

        goTo(A);
        assertThat(redeliveries.takesOver(again("pressed"))).isTrue();
    }

    @Test
    void are_known_although_nothing_came_from_the_server_in_between() {
        redeliveries.connecting(A);
        arrives("pressed");
        goTo(B);
        goTo(A);

        assertThat(redeliveries.takesOver(again("pressed"))).isTrue();
    }

    /** While the client stays with one server the transport has seen to it. */
    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void are_known_with_qos_2_if_the_client_was_elsewhere(boolean elsewhere, boolean known) {
        redeliveries.connecting(A);
        arrives("pressed", Qos.EXACTLY_ONCE);
        if (elsewhere) {
            goTo(B);
        }
        goTo(A);

        assertThat(redeliveries.takesOver(arriving("pressed", Qos.EXACTLY_ONCE, true)))
                .isEqualTo(known);
    }

    @Test
    void are_known_with_qos_2_if_the_transport_starts_anew_with_the_same_server() {
        redeliveries.connecting(A);
        arrives("pressed", Qos.EXACTLY_ONCE);
        goTo(A);
        redeliveries.transportStartsAnew();

        assertThat(redeliveries.takesOver(arriving("pressed", Qos.EXACTLY_ONCE, true)))
                .isTrue();
    }

    @Test
    void are_forgotten_of_servers_that_are_not_seen_again() {
        redeliveries.connecting(A);
        arrives("pressed");
        for (int other = 0; other < 20; other++) {
            goTo(ServerAddress.of("mqtt://other-" + other));
            arrives("something else");
        }
        goTo(A);

        assertThat(redeliveries.takesOver(again("pressed"))).isFalse();
    }

    private void goTo(ServerAddress server) {
        redeliveries.connectionEnded();
        redeliveries.connecting(server);
    }

    private SharedDelivery arrives(String payload) {
        return arrives(payload, Qos.AT_LEAST_ONCE);
    }

    private SharedDelivery arrives(String payload, Qos qos) {
        Arriving first = arriving(payload, qos, false);
        assertThat(redeliveries.takesOver(first)).isFalse();
        SharedDelivery shared = new SharedDelivery(
                first, 1, redeliveries.present(), redeliveries::connection, redeliveries::acknowledged);
        redeliveries.add(shared);
        return shared;
    }

    private static Arriving again(String payload) {
        return arriving(payload, Qos.AT_LEAST_ONCE, true);
    }

    private static Arriving arriving(String payload, Qos qos, boolean duplicate) {
        ApplicationMessage message = ApplicationMessage.builder()
                .topic(TopicName.of("story/hall/button"))
                .payload(BinaryData.ofUtf8(payload))
                .qos(qos)
                .build();
        return new Arriving(message, duplicate, new AtomicInteger());
    }
}
