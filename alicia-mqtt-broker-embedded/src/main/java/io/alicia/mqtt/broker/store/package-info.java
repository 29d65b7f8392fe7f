/**
 * When what was taken over is safe: {@link io.alicia.mqtt.broker.store.Store} tells sessions when they may acknowledge.
 * Nothing is written to disk here yet; with {@link io.alicia.mqtt.broker.store.MemoryStore} safe means in memory.
 */
@NullMarked
package io.alicia.mqtt.broker.store;

import org.jspecify.annotations.NullMarked;
