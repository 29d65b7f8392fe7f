/** Where io.alicia.mqtt.broker will live. */
@NullMarked
package io.alicia.mqtt.broker;

import org.jspecify.annotations.NullMarked;
