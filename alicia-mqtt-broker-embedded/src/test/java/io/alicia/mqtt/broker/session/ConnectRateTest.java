package io.alicia.mqtt.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectRateTest {

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
    private final ConnectRate rate = new ConnectRate(2, clock);

    @Test
    void an_address_connects_as_often_in_a_second_as_it_may() {
        assertThat(rate.tryTake("192.0.2.1")).isTrue();
        assertThat(rate.tryTake("192.0.2.1")).isTrue();
        assertThat(rate.tryTake("192.0.2.1")).isFalse();
        assertThat(rate.tryTake("192.0.2.2")).isTrue();
        millis.addAndGet(500);
        assertThat(rate.tryTake("192.0.2.1")).isTrue();
        assertThat(rate.tryTake("192.0.2.1")).isFalse();
    }

    @Test
    void the_addresses_of_one_ipv6_network_are_one() {
        assertThat(rate.tryTake("2001:db8:0:1::1")).isTrue();
        assertThat(rate.tryTake("2001:db8:0:1:ffff::2")).isTrue();
        assertThat(rate.tryTake("2001:db8:0:1::3")).isFalse();
        assertThat(rate.tryTake("2001:db8:0:2::1")).isTrue();
    }
}
