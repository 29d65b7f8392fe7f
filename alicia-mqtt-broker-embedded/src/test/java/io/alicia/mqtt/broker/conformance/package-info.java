/**
 * Every normative statement of both specifications that binds a server, on raw bytes over a socket, with a client of a
 * few hundred lines that shares nothing with the broker's codec. Start with {@link
 * io.alicia.mqtt.broker.conformance.ConformanceTest}; {@code StatementTableTest} fails when a statement has no test.
 * The same cases run against a real Mosquitto, which tells whether the tests themselves are right.
 */
@NullMarked
package io.alicia.mqtt.broker.conformance;

import org.jspecify.annotations.NullMarked;
