package io.alicia.mqtt.broker.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The options of Mosquitto's manuals, as {@code config/options.tsv} lists them. */
public final class ManualOptions {

    private ManualOptions() {}

    /**
     * One name that an option may be written with.
     *
     * @param name what the line begins with
     * @param since the version of Mosquitto that it came with, 2.0 standing for all before
     * @param removed the version that no longer has it; empty if it is still there
     * @param place what the line stands below: general, listener, bridge or plugin
     * @param with lines before it without which it means nothing
     * @param one a value, and perhaps lines that have to follow
     * @param other one that means something else; empty where no value has an effect here
     */
    public record Row(
            String name, String since, String removed, String place, List<String> with, String one, String other) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** {@return all of them} */
    public static List<Row> all() {
        InputStream file = Objects.requireNonNull(ManualOptions.class.getResourceAsStream("/config/options.tsv"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], lines(cells[4]), cells[5], cells[6]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the lines that a cell holds} */
    public static List<String> lines(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(";", -1));
    }
}
