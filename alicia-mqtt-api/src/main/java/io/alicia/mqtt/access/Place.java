package io.alicia.mqtt.access;

/**
 * A place in a file.
 *
 * @param line counted from 1; 0 for the file as a whole
 * @param column counted from 1; 0 for the line as a whole
 */
record Place(int line, int column) {

    static Place ofLine(int line) {
        return new Place(line, 0);
    }
}
