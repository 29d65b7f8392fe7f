package io.alicia.mqtt.broker.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Configuration files of a test. */
final class ConfText {

    private ConfText() {}

    static Path write(Path directory, String... lines) throws IOException {
        Path file = directory.resolve("mosquitto.conf");
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
        return file;
    }

    static MosquittoConf read(Path directory, String... lines) throws IOException, ConfRefusedException {
        return MosquittoConf.read(write(directory, lines));
    }

    /** {@return what is said, errors and all, without the directory of the file} */
    static List<String> said(Path directory, String... lines) throws IOException {
        Path file = write(directory, lines);
        Stream<Notice> notices;
        try {
            notices = MosquittoConf.read(file).notices().stream();
        } catch (ConfRefusedException e) {
            notices = e.notices().stream();
        }
        return notices.map(notice -> notice.text().replace(directory + "/", "")).toList();
    }
}
