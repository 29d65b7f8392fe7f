/**
 * The command {@code alicia-acl}: one class for each of its commands; start with {@code Main}. Not exported: what it does
 * is in {@code io.alicia.mqtt.access} for everybody.
 */
@NullMarked
package io.alicia.mqtt.access.cli;

import org.jspecify.annotations.NullMarked;
