/**
 * Time that stands still until a test moves it, for a broker, its clients and its faults together: {@link
 * io.alicia.mqtt.testkit.time.VirtualTime}.
 */
@NullMarked
package io.alicia.mqtt.testkit.time;

import org.jspecify.annotations.NullMarked;
