package io.alicia.mqtt.access;

/**
 * The names of a client as a comparison asks with them; {@link StandIns} in the place of what may be anything.
 *
 * @param account {@link StandIns#ACCOUNT} where it does not matter
 */
record Names(String account, String client) {

    /** A client whose identifier has a wildcard: no pattern holds for it. */
    static final String DANGEROUS_CLIENT = "+";

    static Names anyClientOf(String account) {
        return new Names(account, StandIns.CLIENT);
    }

    /** Whether each of both is one level. */
    boolean isOfOneLevel() {
        return account.indexOf('/') < 0 && client.indexOf('/') < 0;
    }
}
