/**
 * What goes wrong between clients and a broker, on demand: {@link io.alicia.mqtt.testkit.fault.Faults} drops, holds up and cuts
 * packets at the broker's edge, where every client meets them, ours or not. A fault is a value and says which packets it
 * concerns; that it happens once, from now on or at random is said when it is given to the faults.
 *
 * <p>To forget a session or to disconnect a client needs no fault: {@link io.alicia.mqtt.broker.EmbeddedBroker} does both.
 */
@NullMarked
package io.alicia.mqtt.testkit.fault;

import org.jspecify.annotations.NullMarked;
