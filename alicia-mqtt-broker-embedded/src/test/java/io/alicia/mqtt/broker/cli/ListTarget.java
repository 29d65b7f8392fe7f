package io.alicia.mqtt.broker.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the lines of a log, without time stamps and line feeds. */
final class ListTarget implements LogTarget {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void write(String line, SyslogPriority priority) {
        lines.add(line.stripTrailing().replaceFirst("^\\d{10,}: ", ""));
    }

    @Override
    public void flush() {}

    List<String> lines() {
        return lines;
    }
}
