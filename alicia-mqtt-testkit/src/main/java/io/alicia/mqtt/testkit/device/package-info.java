/**
 * Devices of an Alicia house that a test holds in its hand: {@link io.alicia.mqtt.testkit.device.FakeBulb}, {@link
 * io.alicia.mqtt.testkit.device.FakeSpeaker} and {@link io.alicia.mqtt.testkit.device.FakeSensor} speak as the real ones do,
 * over a client that the test gives them, and remember what they were told.
 */
@NullMarked
package io.alicia.mqtt.testkit.device;

import org.jspecify.annotations.NullMarked;
