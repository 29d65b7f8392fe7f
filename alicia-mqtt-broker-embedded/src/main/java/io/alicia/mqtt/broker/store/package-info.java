/**
 * Where the broker's state outlives it: {@link io.alicia.mqtt.broker.store.Store} takes {@linkplain
 * io.alicia.mqtt.broker.store.Change changes} over, says when they are safe, and gives everything back at the next start.
 * {@link io.alicia.mqtt.broker.store.MemoryStore} keeps nothing for later, {@link io.alicia.mqtt.broker.store.FileStore}
 * keeps it in a file of H2's MVStore, whose classes are loaded with it and not before.
 *
 * <p>What a change means for a session, and when a client may be told, is the {@code session} package's.
 */
@NullMarked
package io.alicia.mqtt.broker.store;

import org.jspecify.annotations.NullMarked;
