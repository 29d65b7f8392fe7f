package io.alicia.mqtt.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What all cases share: a broker of each kind, clients that are closed in the end, names that no other case uses. A case
 * carries the numbers of its statements by {@link Statement}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(BrokerKind.class)
@ExtendWith(NamesTheBroker.class)
abstract class ConformanceTest {

    @RegisterExtension
    static final BrokerPool BROKERS = new BrokerPool();

    private static final AtomicInteger NAMES = new AtomicInteger();

    final BrokerKind kind;
    private final List<RawClient> clients = new ArrayList<>();
    private final int name = NAMES.incrementAndGet();
    private Setup setup = Setup.OPEN;

    ConformanceTest(BrokerKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void mosquitto_is_there_if_it_is_meant() {
        if (kind == BrokerKind.MOSQUITTO) {
            MosquittoUnderTest.assumeInstalled();
        }
    }

    @AfterEach
    void close_clients() {
        clients.forEach(RawClient::close);
    }

    /** The case runs against a broker configured like this from now on. */
    final void against(Setup other) {
        setup = other;
    }

    final BrokerUnderTest broker() {
        return BROKERS.get(kind, setup);
    }

    final void elapse(int seconds) {
        broker().elapse(Duration.ofSeconds(seconds));
    }

    /** Waits until the broker knows that this client's connection is over. */
    final void awaitGone(String base) {
        broker().awaitGone(id(base));
    }

    /** A Client Identifier that no other case uses. */
    final String id(String base) {
        return base + name;
    }

    /** A topic that no other case uses. */
    final String topic(String base) {
        return "conformance/" + name + "/" + base;
    }

    final RawClient open() {
        RawClient client = new RawClient(broker().port());
        clients.add(client);
        return client;
    }

    final Peer open(Version version) {
        return new Peer(open(), version);
    }

    /** A CONNECT to be completed. */
    final Connecting connecting(Version version, String base) {
        return new Connecting(version, id(base));
    }

    /** Connects and gives the CONNACK's sender with the CONNACK already checked and read. */
    final Peer connect(Connecting connecting) {
        Peer peer = open(connecting.version);
        Frame connack = peer.send(connecting.bytes()).expect(Frame.CONNACK);
        assertThat(connack.u8(1)).as("Reason Code of CONNACK %s", connack).isZero();
        return peer;
    }

    final Peer connect(Version version, String base) {
        return connect(connecting(version, base));
    }

    /** Sends a CONNECT and gives the CONNACK. */
    final Frame connack(Connecting connecting) {
        return open(connecting.version).send(connecting.bytes()).expect(Frame.CONNACK);
    }
}
