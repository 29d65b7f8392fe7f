/**
 * Topic Names and Topic Filters as values (MQTT 5 §4.7, §4.8.2), templates that turn names into typed parts and back,
 * and {@code AliciaTopics}, every topic of the house. Knows neither Netty nor RxJava, so that any engine can use it.
 * Who may use which topic is decided in {@code io.alicia.mqtt.access}.
 */
@NullMarked
package io.alicia.mqtt.topic;

import org.jspecify.annotations.NullMarked;
