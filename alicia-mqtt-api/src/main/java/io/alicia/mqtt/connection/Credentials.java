package io.alicia.mqtt.connection;

import io.alicia.mqtt.protocol.BinaryData;

/**
 * User Name and Password of a CONNECT (MQTT 5 §3.1.3.5, §3.1.3.6). The password is never part of the text form.
 *
 * @param userName the account's name
 * @param password the secret's bytes
 */
public record Credentials(String userName, BinaryData password) {

    /** With a password in UTF-8. */
    public Credentials(String userName, String password) {
        this(userName, BinaryData.ofUtf8(password));
    }

    /** The name alone. */
    @Override
    public String toString() {
        return "credentials of " + userName;
    }
}
