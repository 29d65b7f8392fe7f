package io.alicia.mqtt.broker.config;

import java.io.Serial;
import java.util.List;

/** A configuration that can't be used. Its notices, the errors last, are what the operator reads. */
public final class ConfRefusedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** How the error about a plugin begins. */
    static final String PLUGIN = "Error: Unable to load plugin";

    private final transient List<Notice> notices;

    ConfRefusedException(List<Notice> notices) {
        super(firstError(notices));
        this.notices = List.copyOf(notices);
    }

    /** {@return everything that was said until the configuration was refused, in order} */
    public List<Notice> notices() {
        return notices;
    }

    /** {@return whether it is refused for a plugin that cannot be loaded, nothing being wrong with the file as such} */
    public boolean isForPlugin() {
        return firstError(notices).startsWith(PLUGIN);
    }

    private static String firstError(List<Notice> notices) {
        return notices.stream()
                .filter(notice -> notice.severity() == Notice.Severity.ERROR)
                .map(Notice::text)
                .findFirst()
                .orElse("configuration refused");
    }
}
