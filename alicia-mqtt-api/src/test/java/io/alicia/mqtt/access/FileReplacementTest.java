package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReplacementTest {

    private static final byte[] NEW = "new".getBytes(UTF_8);

    @TempDir
    private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_file_keeps_its_permissions_and_a_new_secret_is_its_owners_alone() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "the old content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        FileReplacement.of(file).with(NEW, true);
        FileReplacement.of(folder.resolve("secret")).with(NEW, true);

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret"))))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("f", "secret");
    }

    @Test
    void symbolic_links_stay_also_where_they_lead_to_no_file_yet() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("second"));
        Files.createSymbolicLink(folder.resolve("second"), Path.of("there"));

        FileReplacement.of(link).with(NEW, true);
        FileReplacement.of(link).with("newer".getBytes(UTF_8), true);

        assertThat(link).isSymbolicLink().hasContent("newer");
        assertThat(folder.resolve("there")).isRegularFile().hasContent("newer");
        assertThat(names()).containsExactly("link", "second", "there");
    }

    @Test
    void links_in_a_circle_and_what_is_no_file_are_refused() throws IOException, InterruptedException {
        Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> FileReplacement.of(one)).hasMessageEndingWith("lead round in a circle");
        assertThatThrownBy(() -> FileReplacement.of(pipe))
                .hasMessage(pipe + ": it is a device or a pipe, and no file" + " that could be replaced");
        assertThatThrownBy(() -> FileReplacement.of(Path.of("/dev/null"))).hasMessageStartingWith("/dev/null: it is a");
        assertThatThrownBy(() -> FileReplacement.of(folder)).hasMessage(folder + ": it is a folder");
        assertThatThrownBy(() -> FileReplacement.of(folder.resolve("no/f"))).isInstanceOf(NoSuchFileException.class);
        assertThat(names()).containsExactly("one", "pipe", "two");
    }

    /** As rename(2) answers with EBUSY for a file that is a mount of its own. */
    @Test
    void a_file_that_is_a_mount_of_its_own_is_written_over() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "the old content");
        Object inode = Files.getAttribute(file, "unix:ino");

        FileReplacement.of(file, busy()).with(NEW, true);

        assertThat(file).hasContent("new");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
        assertThat(names()).containsExactly("f");
    }

    private static FileReplacement.Folder busy() {
        return new FileReplacement.Folder() {
            @Override
            void move(Path from, Path to) throws IOException {
                throw new FileSystemException(from.toString(), to.toString(), "Device or resource busy");
            }
        };
    }

    @Test
    void who_may_not_write_in_the_folder_is_told_so() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "old");

        assertThatThrownBy(() -> FileReplacement.of(file, closed()).with(NEW, true))
                .hasMessage(file + ": it cannot be replaced: this user may not write in the folder " + folder);
        assertThatThrownBy(
                        () -> FileReplacement.of(folder.resolve("g"), closed()).with(NEW, false))
                .hasMessage(
                        folder.resolve("g") + ": it cannot be made: this user may not write in the folder " + folder);
        assertThat(file).hasContent("old");
    }

    private static FileReplacement.Folder closed() {
        return new FileReplacement.Folder() {
            @Override
            Path temporary(Path target, boolean secret) throws IOException {
                throw new AccessDeniedException(target + "123.new");
            }
        };
    }

    @Test
    void a_file_that_cannot_be_left_to_its_owner_stays_as_it_is() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "old");

        assertThatThrownBy(() -> FileReplacement.of(file, ofAnother()).with(NEW, true))
                .hasMessageStartingWith(file + ": it cannot be replaced: it belongs to ")
                .hasMessageEndingWith("and only root can leave the new one to them; with sudo it can be done");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("f");
    }

    private static FileReplacement.Folder ofAnother() {
        return new FileReplacement.Folder() {
            @Override
            void give(Path written, PosixFileAttributes attributes) throws IOException {
                throw new FileSystemException(written.toString(), null, "Operation not permitted");
            }
        };
    }

    @Test
    void a_full_disk_leaves_the_old_file_and_nothing_beside_it() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "old");
        FileReplacement.Folder full = new FileReplacement.Folder() {
            @Override
            Path temporary(Path target, boolean secret) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> FileReplacement.of(file, full).with(NEW, true))
                .hasMessage(file + ": it cannot be written: No space left on device");
        assertThat(file).hasContent("old");
    }

    @Test
    void a_new_file_is_made_once() throws IOException {
        Path file = folder.resolve("f");
        FileReplacement first = FileReplacement.of(file);
        FileReplacement second = FileReplacement.of(file);

        assertThat(first.made("first".getBytes(UTF_8))).isTrue();
        assertThat(second.made("second".getBytes(UTF_8))).isFalse();

        assertThat(file).hasContent("first");
        assertThat(names()).containsExactly("f");
    }
}
