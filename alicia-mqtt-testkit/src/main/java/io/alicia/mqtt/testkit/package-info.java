/**
 * What tests of an Alicia house are written with: a broker for each test or class with the house's accounts, clients by
 * account, a probe that records and awaits messages, and assertions about access. Start with {@link io.alicia.mqtt.testkit.MqttTest}; without
 * JUnit, with {@link io.alicia.mqtt.testkit.TestBroker}.
 */
@NullMarked
package io.alicia.mqtt.testkit;

import org.jspecify.annotations.NullMarked;
