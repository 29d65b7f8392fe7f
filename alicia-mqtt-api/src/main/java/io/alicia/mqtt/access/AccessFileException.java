package io.alicia.mqtt.access;

/** A file of the access model that cannot be used: unreadable, or not in its format. The file as a whole is refused. */
public final class AccessFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The file as the reader was given it. */
    private final String file;

    /** 0 where the file as a whole is meant. */
    private final int line;

    /** 0 where the file as a whole is meant. */
    private final int column;

    AccessFileException(String file, int line, int column, String problem) {
        super(file + (line == 0 ? "" : ":" + line + ":" + column) + ": " + problem);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    AccessFileException(String file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
        this.file = file;
        this.line = 0;
        this.column = 0;
    }

    /** The message without the place. */
    String problem() {
        String message = String.valueOf(getMessage());
        String place = file + (line == 0 ? "" : ":" + line + ":" + column) + ": ";
        return message.substring(place.length());
    }

    /** The file as the reader was given it. */
    public String file() {
        return file;
    }

    /** The line, counted from 1; 0 where the file as a whole cannot be read. */
    public int line() {
        return line;
    }

    /** The column in characters, counted from 1; 0 where the file as a whole cannot be read. */
    public int column() {
        return column;
    }
}
