/** Where io.alicia.mqtt.testkit will live. */
@NullMarked
package io.alicia.mqtt.testkit;

import org.jspecify.annotations.NullMarked;
