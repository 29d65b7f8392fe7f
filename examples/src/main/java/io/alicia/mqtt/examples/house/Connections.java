package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;

/** Gives everyone in the house a connection of their own, as their account. */
final class Connections {

    private final String server;
    private final HousePasswords passwords;

    Connections(String server, HousePasswords passwords) {
        this.server = server;
        this.passwords = passwords;
    }

    AliciaMqtt connect(String account, String clientIdentifier) {
        return builder(account, clientIdentifier).connect();
    }

    /** Who has it announces the house to Home Assistant: what is in it need not know of that. */
    AliciaMqtt connectAnnouncingHouse(String account, String clientIdentifier) {
        return builder(account, clientIdentifier).announceHouse().connect();
    }

    private AliciaMqttClientBuilder builder(String account, String clientIdentifier) {
        return AliciaMqttClient.builder()
                .server(server)
                .account(account, passwords.of(account))
                .clientIdentifier(clientIdentifier);
    }
}
