/**
 * Who gets a message: {@link io.alicia.mqtt.broker.routing.SubscriptionIndex} finds the subscriptions of a Topic Name,
 * {@link io.alicia.mqtt.broker.routing.RetainedIndex} the retained messages of a Topic Filter. Both are read by every
 * event loop at once without a lock. They know neither sessions nor packets; what happens to a message that was found a
 * receiver is decided in {@code session}.
 */
@NullMarked
package io.alicia.mqtt.broker.routing;

import org.jspecify.annotations.NullMarked;
