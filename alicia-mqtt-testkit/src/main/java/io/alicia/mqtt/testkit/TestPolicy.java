package io.alicia.mqtt.testkit;

import io.alicia.mqtt.access.AccessPolicy;

/** Says what the accounts of a test's broker may do. All of its accounts get a password. */
@FunctionalInterface
public interface TestPolicy {

    /** The policy; asked once for each broker. */
    AccessPolicy policy();
}
