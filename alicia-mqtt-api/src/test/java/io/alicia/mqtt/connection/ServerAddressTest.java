package io.alicia.mqtt.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "mqtt://my_house, my_house, 1883",
        "mqtt://my_house:, my_house, 1883",
        "MQTTS://_mqtt.my_house:8884, _mqtt.my_house, 8884",
        "mqtt://house.local, house.local, 1883",
        "mqtt://[::1]:1884, ::1, 1884",
        "mqtt://house/, house, 1883",
        "mqtt://Küche.example, xn--kche-0ra.example, 1883",
        "wss://bücher.example:9001/mqtt, xn--bcher-kva.example, 9001",
        "mqtts://家.example, xn--fct.example, 8883",
    })
    void a_host_is_what_resolvers_take(String address, String host, int port) {
        assertThat(ServerAddress.of(address))
                .extracting(ServerAddress::host, ServerAddress::port)
                .containsExactly(host, port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost:1883|no scheme (do you mean mqtt://localhost:1883?)",
                "house|no scheme (do you mean mqtt://house?)",
                "192.168.1.5:1883|no scheme (do you mean mqtt://192.168.1.5:1883?)",
                "[::1]:1883|no scheme (do you mean mqtt://[::1]:1883?)",
                "küche:1883|no scheme (do you mean mqtt://küche:1883?)",
                "mqtt:house|no scheme; expected for example mqtt://house",
                "//house|no scheme",
                "/a?b=://house|no scheme",
                "mqtt://kü..che|the host \"kü..che\" has no name in the DNS",
                "mqtt://my house|Illegal character",
                "mqtt:///|no host",
                "mqtt://my_house:x|no host",
                "mqtt://my_house:65536|server port 65536: expected 1 to 65535",
                "mqtt://my_house:99999999999|no host",
                "ws://my_house:9001/mqtt|the host \"my_house\" is none for a WebSocket's URI",
                "mqtt://house:1883/some/path?x=1|a path or query is for a WebSocket alone",
                "mqtts://house/path|a path or query is for a WebSocket alone",
                "mqtt://house/?x=1|a path or query is for a WebSocket alone",
                "mqtt://house#hall|a fragment says nothing to a server",
                "ws://house/mqtt#hall|a fragment says nothing to a server",
                "http://my_house|scheme \"http\" has no default port",
            })
    void what_is_no_address_is_refused_with_the_reason(String address, String reason) {
        assertThatThrownBy(() -> ServerAddress.of(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt://name:secret@my_house",
        "mqtt://name:secret@house",
        "name:secret@house",
        "mqtt://name:secret@küche"
    })
    void a_password_in_an_address_is_never_shown(String address) {
        assertThatThrownBy(() -> ServerAddress.of(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret@");
    }
}
