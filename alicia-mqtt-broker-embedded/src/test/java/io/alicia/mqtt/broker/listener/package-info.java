@NullMarked
package io.alicia.mqtt.broker.listener;

import org.jspecify.annotations.NullMarked;
