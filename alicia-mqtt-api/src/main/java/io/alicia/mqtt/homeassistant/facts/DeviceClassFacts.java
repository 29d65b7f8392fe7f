package io.alicia.mqtt.homeassistant.facts;

import java.util.Optional;
import java.util.Set;

/**
 * What belongs to one device class of a sensor or number.
 *
 * @param units the units that fit, or empty if Home Assistant does not look at the unit; an empty set means that no
 *     unit fits
 * @param unitless whether the class also goes without a unit
 * @param stateClasses the state classes that fit
 * @param numeric whether states of the class are numbers
 */
public record DeviceClassFacts(
        Optional<Set<String>> units, boolean unitless, Set<String> stateClasses, boolean numeric) {}
