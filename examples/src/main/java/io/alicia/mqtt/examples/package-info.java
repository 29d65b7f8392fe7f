/**
 * One small example per story, each a {@code main} of its own that starts its own broker. The whole house is a package
 * below, in {@code house}.
 */
@NullMarked
package io.alicia.mqtt.examples;

import org.jspecify.annotations.NullMarked;
