/**
 * What Home Assistant makes of a discovery message: taken, refused, dropped in part, and why. Start with {@link
 * io.alicia.mqtt.homeassistant.check.DiscoveryChecker}. It judges raw messages of any emitter; the typed components,
 * whose builders ask it before they give anything away, are in {@code io.alicia.mqtt.homeassistant.component}.
 */
@NullMarked
package io.alicia.mqtt.homeassistant.check;

import org.jspecify.annotations.NullMarked;
