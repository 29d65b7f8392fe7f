package io.alicia.mqtt.broker.cli;

import java.io.IOException;

/** Where log lines end. Used by one thread at a time; may block. */
interface LogTarget {

    /**
     * Takes some lines.
     *
     * @param lines each with a line feed at its end
     * @param type the syslog priority of a target that has one
     */
    void write(String lines, SyslogPriority type) throws IOException;

    /** Makes sure that what was written is seen by others. */
    void flush() throws IOException;

    /** Opens again what an operator may have moved away. */
    default void reopen() throws IOException {}

    /** Gives up what is held. */
    default void close() throws IOException {}
}
