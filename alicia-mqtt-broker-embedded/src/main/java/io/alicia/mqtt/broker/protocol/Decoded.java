package io.alicia.mqtt.broker.protocol;

/** What the decoder makes of bytes: a packet, or why they are none. */
public sealed interface Decoded permits Packet, DecodeFailure {}
