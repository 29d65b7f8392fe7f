/** What values of Python, in which Home Assistant is written, look like. Not exported. */
@NullMarked
package io.alicia.mqtt.homeassistant.python;

import org.jspecify.annotations.NullMarked;
