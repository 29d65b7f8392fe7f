package io.alicia.mqtt.access;

/** What reading the files again gave: what they say now, and how that differs from before. Immutable. */
public final class AccessReload {

    private final AccessFiles files;
    private final AccessDiff diff;

    AccessReload(AccessFiles before, AccessFiles after) {
        this.files = after;
        this.diff = AccessDiff.between(
                before.policy(),
                before.passwords().accounts(),
                after.policy(),
                after.passwords().accounts());
    }

    /** What is in force from now on. */
    public AccessFiles files() {
        return files;
    }

    /** What changed. */
    public AccessDiff diff() {
        return diff;
    }

    /** The counts for a log line. */
    @Override
    public String toString() {
        return diff.toString();
    }
}
