@NullMarked
package io.alicia.mqtt.broker.store;

import org.jspecify.annotations.NullMarked;
