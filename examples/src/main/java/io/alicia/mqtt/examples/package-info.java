/** The house and the small examples. */
@NullMarked
package io.alicia.mqtt.examples;

import org.jspecify.annotations.NullMarked;
