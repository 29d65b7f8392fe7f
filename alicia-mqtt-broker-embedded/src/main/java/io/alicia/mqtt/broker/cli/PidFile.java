package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The file that names the process to scripts, for as long as it runs. */
final class PidFile {

    private final Optional<String> name;

    PidFile(Optional<String> name) {
        this.name = name;
    }

    void write() throws IOException {
        if (name.isEmpty()) {
            return;
        }
        try {
            Files.writeString(
                    Path.of(name.get()), String.valueOf(ProcessHandle.current().pid()));
        } catch (InvalidPathException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    void delete() {
        if (name.isPresent()) {
            // Whether it is gone already, or was taken from us, is nothing that could be done about at the end.
            Path.of(name.get()).toFile().delete();
        }
    }
}
