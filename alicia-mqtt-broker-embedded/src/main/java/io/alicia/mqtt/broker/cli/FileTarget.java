package io.alicia.mqtt.broker.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A log file that lines are added to. A new one is readable by its owner only, as Mosquitto's is. */
final class FileTarget implements LogTarget {

    private final Path file;
    private OutputStream stream;

    FileTarget(Path file) throws IOException {
        this.file = file;
        this.stream = open(file);
    }

    @Override
    public void write(String lines, SyslogPriority type) throws IOException {
        stream.write(lines.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    @Override
    public void reopen() throws IOException {
        OutputStream before = stream;
        stream = open(file);
        before.close();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static OutputStream open(Path file) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (posix && Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
