/**
 * What every transport must do, as tests: whoever implements {@link io.alicia.mqtt.spi.MqttTransport} extends {@link
 * io.alicia.mqtt.testkit.tck.Mqtt5TransportTck} or {@link io.alicia.mqtt.testkit.tck.Mqtt3TransportTck}, says how his
 * transports are made, and has them held against the rules of the SPI by JUnit.
 *
 * <p>The server is the embedded broker, because its packets can be dropped, held up and cut at will; that a transport also
 * gets along with other servers is shown elsewhere. Each interface of rules is about one concern.
 */
@NullMarked
package io.alicia.mqtt.testkit.tck;

import org.jspecify.annotations.NullMarked;
