/**
 * What Home Assistant's MQTT integration knows, as data: components, options, relations between options, device
 * classes and their units, abbreviations. Read once from the JSON files beside these classes; a new Home Assistant
 * version is new files. Start with {@link io.alicia.mqtt.homeassistant.facts.DiscoveryFacts}. What is made of the facts
 * is elsewhere: judging in {@code check}, the typed components in {@code component}. Not exported.
 */
@NullMarked
package io.alicia.mqtt.homeassistant.facts;

import org.jspecify.annotations.NullMarked;
