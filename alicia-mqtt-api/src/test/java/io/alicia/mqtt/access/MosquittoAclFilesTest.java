package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ACL files a real Mosquitto takes, and which it refuses. */
class MosquittoAclFilesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "   \n",
                "# comment",
                "#",
                " # comment",
                "\t# comment",
                "topic a",
                "  topic a",
                "\ttopic a",
                "topic\ta",
                "topic",
                "topic ",
                "topic  a",
                "topic read",
                "topic read ",
                "topic read a",
                "topic  read   a  ",
                "topic read\ta",
                "topic read \t a",
                "topic write a b c",
                "topic deny #",
                "topic deny a",
                "topic none a",
                "topic Read a",
                "topic READWRITE a",
                "Topic read a",
                "topics read a",
                "topic a # comment",
                "topic read a # comment",
                "topic read a/# # comment",
                "topic read a/#b",
                "topic read a/#/b",
                "topic read a+/b",
                "topic read a/+b",
                "topic read a/+/b/#",
                "topic read /",
                "topic read //#",
                "topic read $share/+/a",
                "topic read $share",
                "topic read $SYS/#",
                "topic read a//b",
                "pattern read %c",
                "pattern read a",
                "pattern read a%cb/%u",
                "pattern",
                "pattern write",
                "user",
                "user ",
                "user  ",
                "user a",
                "user a b ",
                "user # comment",
                "user \t a",
                "user\ta",
                "USER a",
                "a",
                "a b c",
                "user a\r\ntopic read b\r\n",
                "user a\rtopic read b\r",
                "topic read a\u00a0",
                "topic read \u00e4\u4e2d\ud83d\ude00",
                "clientid a",
                "topic readwrite",
                "topic read +",
                "topic read ++",
                "topic read #/",
                "topic read ##",
                "topic a\u000b",
                "topic read a\u0001b",
                "\u000btopic a"
            })
    void a_file_is_taken_or_refused_as_the_real_mosquitto_does(String text) throws IOException {
        boolean taken = refusalOf(text) == null;

        Path acl = folder.resolve("house.acl");
        Files.writeString(acl, text);
        try (RealMosquitto mosquitto = RealMosquitto.launch(folder, "allow_anonymous true", "acl_file " + acl)) {
            assertThat(taken).as("%s: %s", text, mosquitto.logLines()).isEqualTo(mosquitto.isUp());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 200, 201, 202})
    void as_many_levels_are_taken_as_the_real_mosquitto_takes(int levels) throws IOException {
        a_file_is_taken_or_refused_as_the_real_mosquitto_does("topic read " + "a/".repeat(levels - 1) + "a");
    }

    private static @Nullable AccessFileException refusalOf(String text) {
        try {
            AclFile.parse("house.acl", text);
            return null;
        } catch (AccessFileException e) {
            return e;
        }
    }
}
