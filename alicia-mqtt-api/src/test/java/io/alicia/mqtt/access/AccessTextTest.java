package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTextTest {

    private static Optional<AccessText.Kind> kindOf(String text) throws IOException {
        return AccessText.read("f", new ByteArrayInputStream(text.getBytes(UTF_8)))
                .kind();
    }

    @Test
    void what_a_file_is_does_not_depend_on_the_letters_of_its_names() throws IOException {
        // Å, х and 兆 have bytes that are controls, blanks or ends of lines in other character sets.
        for (String name : List.of("O", "Å", "кухня", "兆", "à", "\u2028")) {
            assertThat(kindOf("{\"clients\":[{\"username\":\"" + name + "\"}]}"))
                    .as(name)
                    .contains(AccessText.Kind.DYNAMIC_SECURITY);
            assertThat(kindOf("[\"" + name + ":\"]")).as(name).contains(AccessText.Kind.DYNAMIC_SECURITY);
            assertThat(kindOf("topic read " + name + ":x/#")).as(name).contains(AccessText.Kind.ACL_FILE);
            assertThat(kindOf("# " + name + ":\nuser " + name + ":")).as(name).contains(AccessText.Kind.ACL_FILE);
            assertThat(kindOf("user:$7$" + name)).as(name).contains(AccessText.Kind.PASSWORD_FILE);
            assertThat(kindOf(name + ":secret")).as(name).contains(AccessText.Kind.PASSWORD_FILE);
        }
        assertThat(kindOf("# a comment: Å\n\n")).isEmpty();
    }
}
