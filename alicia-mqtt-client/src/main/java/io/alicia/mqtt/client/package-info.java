/** Where io.alicia.mqtt.client will live. */
@NullMarked
package io.alicia.mqtt.client;

import org.jspecify.annotations.NullMarked;
