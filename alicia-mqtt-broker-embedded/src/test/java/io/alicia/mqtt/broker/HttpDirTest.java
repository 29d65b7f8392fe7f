package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files beside the WebSocket, with the JDK's client, and on raw sockets where that one would tidy up a path. */
@Timeout(60)
@ExtendWith(LeakExtension.class)
class HttpDirTest {

    @TempDir
    Path directory;

    private Path web;
    private EmbeddedBroker broker;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        web = Files.createDirectories(directory.resolve("web"));
        Files.createDirectories(web.resolve("app"));
        Files.writeString(web.resolve("index.html"), "<h1>House</h1>");
        Files.writeString(web.resolve("app/index.html"), "<h1>App</h1>");
        Files.writeString(web.resolve("app/main.js"), "connect()");
        Files.writeString(web.resolve("with blank.txt"), "blank");
        Files.writeString(web.resolve(".htpasswd"), "secret");
        Files.writeString(web.resolve("empty.css"), "");
        Files.writeString(directory.resolve("outside.txt"), "secret");
        Files.createSymbolicLink(web.resolve("escape.txt"), directory.resolve("outside.txt"));
        Files.createSymbolicLink(web.resolve("up"), directory);
        Files.createSymbolicLink(web.resolve("inside.js"), web.resolve("app/main.js"));
        broker = EmbeddedBroker.builder()
                .listener(ListenerConfig.builder()
                        .protocol(ListenerProtocol.WEBSOCKETS)
                        .websocketPath("/")
                        .httpDir(web)
                        .build())
                .allowAnonymous()
                .start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + broker.webSocketPort() + path);
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /                   | text/html; charset=utf-8        | <h1>House</h1>
            /index.html         | text/html; charset=utf-8        | <h1>House</h1>
            /app/               | text/html; charset=utf-8        | <h1>App</h1>
            /app/main.js        | text/javascript; charset=utf-8  | connect()
            /app/main.js?v=2    | text/javascript; charset=utf-8  | connect()
            /inside.js          | text/javascript; charset=utf-8  | connect()
            /with%20blank.txt   | text/plain; charset=utf-8       | blank
            /empty.css          | text/css; charset=utf-8         | ''
            """)
    void serves_what_is_below_the_directory(String path, String type, String content) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(content);
        assertThat(response.headers().firstValue("content-type")).contains(type);
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /nothing             | 404
            /index.html/         | 404
            /app/nothing/        | 404
            /.htpasswd           | 404
            /escape.txt          | 403
            /up/outside.txt      | 403
            /up/                 | 404
            /../outside.txt      | 403
            /app/../../outside.txt | 403
            /%2e%2e/outside.txt  | 403
            /..%2foutside.txt    | 403
            /app/..%5c..%5coutside.txt | 403
            //etc/passwd         | 404
            /%00                 | 400
            /%zz                 | 400
            no-slash             | 400
            """)
    void shows_nothing_else(String path, int status) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("secret", "root:");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.webSocketPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void shows_no_file_that_it_may_not_read() throws Exception {
        Path secret = Files.writeString(web.resolve("locked.txt"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(
                Files.isReadable(secret), "this user may read every file, so there is none that it may not");

        assertThat(get("/locked.txt").statusCode()).isEqualTo(403);
    }

    @Test
    void sends_a_directory_without_its_slash_there() throws Exception {
        assertThat(get("/app").headers().firstValue("location")).contains("/app/");
        assertThat(get("/app?x=1").headers().firstValue("location")).contains("/app/?x=1");
        assertThat(raw("GET //app HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("302")
                .containsIgnoringCase("location: /app/");
    }

    @Test
    void answers_head_without_a_body_and_nothing_else_than_get() throws Exception {
        HttpResponse<String> head = send(HttpRequest.newBuilder(uri("/index.html"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        HttpResponse<String> post = send(HttpRequest.newBuilder(uri("/index.html"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-length")).contains("14");
        assertThat(head.body()).isEmpty();
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void says_so_when_a_file_is_still_the_same() throws Exception {
        String modified =
                get("/index.html").headers().firstValue("last-modified").orElseThrow();

        assertThat(send(HttpRequest.newBuilder(uri("/index.html"))
                                .header("If-Modified-Since", modified)
                                .build())
                        .statusCode())
                .isEqualTo(304);
        assertThat(send(HttpRequest.newBuilder(uri("/index.html"))
                                .header("If-Modified-Since", "yesterday")
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void sends_large_files_whole() throws Exception {
        byte[] content = new byte[3_000_001];
        new Random(1).nextBytes(content);
        Files.write(web.resolve("large.bin"), content);

        HttpResponse<byte[]> response =
                http.send(HttpRequest.newBuilder(uri("/large.bin")).build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.body()).isEqualTo(content);
        assertThat(response.headers().firstValue("content-type")).contains("application/octet-stream");
    }

    @Test
    void answers_several_requests_on_one_connection_in_their_order() throws IOException {
        String answer = raw(String.join(
                "\r\n",
                "GET /app/main.js HTTP/1.1",
                "Host: x",
                "",
                "GET /nothing HTTP/1.1",
                "Host: x",
                "",
                "GET / HTTP/1.1",
                "Host: x",
                "Connection: close",
                "\r\n"));

        assertThat(answer.indexOf("connect()")).isPositive().isLessThan(answer.indexOf("404 Not Found"));
        assertThat(answer.indexOf("404 Not Found")).isLessThan(answer.indexOf("<h1>House</h1>"));
    }

    @Test
    void leaves_the_same_port_to_websockets_at_any_path() throws Exception {
        try (MqttClient paho = new MqttClient(
                "ws://127.0.0.1:" + broker.webSocketPort() + "/app/main.js", "p", new MemoryPersistence())) {
            paho.connect();
            paho.publish("t", new byte[1], 1, false);
            paho.disconnect();
        }
    }

    @Test
    void that_is_not_there_stops_the_start() {
        ListenerConfig listener = ListenerConfig.builder()
                .protocol(ListenerProtocol.WEBSOCKETS)
                .httpDir(directory.resolve("nothing"))
                .build();

        assertThatThrownBy(() -> EmbeddedBroker.builder()
                        .listener(listener)
                        .allowAnonymous()
                        .start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("http_dir \"" + directory + "/nothing\" is not a directory.");
    }
}
