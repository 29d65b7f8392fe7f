/** TLS from files, with OpenSSL as the oracle: what it wrote is read, and what it says is compared. */
@NullMarked
package io.alicia.mqtt.broker.tls;

import org.jspecify.annotations.NullMarked;
