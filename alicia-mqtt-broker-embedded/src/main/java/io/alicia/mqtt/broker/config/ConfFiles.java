package io.alicia.mqtt.broker.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Configuration files on disk. Names go into messages as the operator wrote them. */
final class ConfFiles {

    /** The order of {@code include_dir}: letters before case, an upper case letter before its lower case. */
    static final Comparator<String> INCLUDE_ORDER = ConfFiles::compareNames;

    private ConfFiles() {}

    /** {@return the lines of a file without their ends, one char per byte} */
    static List<String> lines(String file) throws ValueRefused {
        String text;
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new ValueRefused("Error: Config file '" + file + "' is a directory.");
            }
            text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (IOException | InvalidPathException e) {
            throw new ValueRefused("Error: Unable to open config file '" + file + "'.");
        }
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            lines.add(text.substring(from, endWithoutReturns(text, from, to)));
            from = to + 1;
        }
        return lines;
    }

    /** {@return the files of a directory that end in {@code .conf}, in the order in which Mosquitto reads them} */
    static List<String> included(String directory) throws ValueRefused {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.length() > ".conf".length() && name.endsWith(".conf")) {
                    names.add(name);
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            throw new ValueRefused("Error: Unable to open include_dir '" + directory + "'.");
        }
        names.sort(INCLUDE_ORDER);
        names.replaceAll(name -> directory + "/" + name);
        return names;
    }

    private static int endWithoutReturns(String text, int from, int to) {
        int end = to;
        while (end > from && text.charAt(end - 1) == '\r') {
            end--;
        }
        return end;
    }

    private static int compareNames(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            int byLetter = Character.compare(Character.toUpperCase(a.charAt(i)), Character.toUpperCase(b.charAt(i)));
            int byCase = Character.compare(a.charAt(i), b.charAt(i));
            if (byLetter != 0 || byCase != 0) {
                return byLetter != 0 ? byLetter : byCase;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
