/**
 * A Home Assistant for tests: {@link io.alicia.mqtt.testkit.homeassistant.FakeHomeAssistant} takes what is announced, holds
 * states and availability, sends commands, and restarts. Its judgement is that of {@code
 * io.alicia.mqtt.homeassistant.check}.
 */
@NullMarked
package io.alicia.mqtt.testkit.homeassistant;

import org.jspecify.annotations.NullMarked;
