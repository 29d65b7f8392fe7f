/**
 * The house: an embedded broker, its devices and services, each with its own account and connection, and the story
 * that they play. Start with {@link io.alicia.mqtt.examples.house.House}. One small example per story lives a package
 * above.
 */
@NullMarked
package io.alicia.mqtt.examples.house;

import org.jspecify.annotations.NullMarked;
