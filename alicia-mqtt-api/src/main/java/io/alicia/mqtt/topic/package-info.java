/**
 * Where messages go. {@link io.alicia.mqtt.topic.TopicName} and {@link io.alicia.mqtt.topic.TopicFilter} are the
 * specification's values (MQTT 5 §4.7, §4.8.2); {@link io.alicia.mqtt.topic.TopicTemplate} turns names into typed parts
 * and back, and is what to start with for topics of your own; {@link io.alicia.mqtt.topic.AliciaTopics} has every topic
 * of the house, once.
 *
 * <p>Knows neither Netty nor RxJava, so that any engine can use it. Who may use which topic is decided in {@code
 * io.alicia.mqtt.access}, what a topic carries is said in {@code io.alicia.mqtt.codec}.
 */
@NullMarked
package io.alicia.mqtt.topic;

import org.jspecify.annotations.NullMarked;
