package io.alicia.mqtt.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A broker in a unit test costs milliseconds, on a raw socket. */
class StartUpTimeTest {

    private static final Duration START = Duration.ofMillis(10);
    private static final Duration HOUSE = Duration.ofSeconds(1);
    private static final int BROKERS = 10;
    private static final int ROUNDS = 20;

    private static final byte[] CONNECT_ANONYMOUSLY = {
        0x10, 0x0D, 0x00, 0x04, 'M', 'Q', 'T', 'T', 0x05, 0x02, 0x00, 0x3C, 0x00, 0x00, 0x00
    };

    @Test
    void a_further_broker_of_a_warm_jvm_takes_connections_in_under_10_ms_and_ten_of_them_cost_under_a_second()
            throws IOException {
        start();
        House house = House.start();

        // What other processes take from a busy machine's cores is not the broker's; a quiet second is enough.
        List<House> houses = new ArrayList<>(List.of(house));
        while (!house.isQuick() && houses.size() < ROUNDS) {
            house = House.start();
            houses.add(house);
        }

        assertThat(house.isQuick()).as("%s", houses).isTrue();
    }

    /** Ten tests with a broker each: how long half of them waited for theirs at most, and what all ten cost. */
    private record House(Duration medianStart, Duration whole) {

        static House start() throws IOException {
            List<Duration> starts = new ArrayList<>();
            long before = System.nanoTime();
            for (int i = 0; i < BROKERS; i++) {
                starts.add(StartUpTimeTest.start());
            }
            Duration whole = since(before);
            Collections.sort(starts);
            return new House(starts.get(BROKERS / 2), whole);
        }

        boolean isQuick() {
            return medianStart.compareTo(START) < 0 && whole.compareTo(HOUSE) < 0;
        }
    }

    /**
     * {@return how long a broker took until it had taken a connection} It also answers one CONNECT (with a refusal: nobody comes in
     * without an account) and is closed.
     */
    private static Duration start() throws IOException {
        long before = System.nanoTime();
        try (TestBroker broker = TestBroker.start();
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), broker.broker().port())) {
            Duration start = since(before);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(CONNECT_ANONYMOUSLY);
            assertThat(in.read()).as("first byte of CONNACK").isEqualTo(0x20);
            return start;
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
