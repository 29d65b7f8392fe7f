package io.alicia.mqtt.broker.routing;

/** Levels of names and filters as the tries walk them. */
public final class TopicLevels {

    private TopicLevels() {}

    /** The levels between the separators; unlike a list, without a wrapper and a copy for each message. */
    static String[] split(String topic) {
        String[] levels = new String[count(topic)];
        int start = 0;
        for (int i = 0; i < levels.length - 1; i++) {
            int slash = topic.indexOf('/', start);
            levels[i] = topic.substring(start, slash);
            start = slash + 1;
        }
        levels[levels.length - 1] = topic.substring(start);
        return levels;
    }

    /**
     * {@return how many levels there are, at least 1}
     *
     * @param topic a Topic Name or Topic Filter
     */
    public static int count(String topic) {
        int levels = 1;
        for (int i = topic.indexOf('/'); i >= 0; i = topic.indexOf('/', i + 1)) {
            levels++;
        }
        return levels;
    }
}
