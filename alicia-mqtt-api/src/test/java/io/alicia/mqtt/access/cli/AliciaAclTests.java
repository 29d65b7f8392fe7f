package io.alicia.mqtt.access.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of {@code alicia-acl} share: the file of a small house, a terminal and what was printed to it. */
abstract class AliciaAclTests {

    static final String HOUSE = """
            user app
            topic read alicia/#
            topic write alicia/commands/#

            user hall
            topic write alicia/sensors/#
            """;

    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    String stdin = "";
    boolean colours;
    Path acl = Path.of("");

    @BeforeEach
    void house() throws IOException {
        acl = folder.resolve("house.acl");
        Files.writeString(acl, HOUSE);
    }

    int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Objects.toString(arguments[i]);
        }
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(stdin.getBytes(UTF_8)), null, Map.of("SECRET", "s3cret"), colours);
        return Main.run(terminal, new PrintWriter(out, true), new PrintWriter(err, true), texts);
    }

    Path clients(String name, String clients) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"clients": [%s],
                 "roles": [{"rolename": "r", "acls": [
                  {"acltype": "publishClientSend", "topic": "x", "allow": true}]}]}
                """.formatted(clients));
    }

    static String client(String name, String more) {
        return "{\"username\": \"" + name + "\", \"roles\": [{\"rolename\": \"r\"}], \"iterations\": 30000, "
                + "\"salt\": \"AAAAAAAAAAAAAAAA\", \"password\": \"B" + "A".repeat(85) + "==\"" + more + "}";
    }
}
