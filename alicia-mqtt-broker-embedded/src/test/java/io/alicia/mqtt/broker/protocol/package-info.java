/** Tests of the codec, most of them rows of one table that several tests walk. */
@NullMarked
package io.alicia.mqtt.broker.protocol;

import org.jspecify.annotations.NullMarked;
