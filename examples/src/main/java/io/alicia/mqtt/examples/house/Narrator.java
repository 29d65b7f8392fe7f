package io.alicia.mqtt.examples.house;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Tells what happens in the house, a line each: when, who, what, and the topic. In colour on a terminal only. Lines of
 * several threads do not mix.
 */
final class Narrator {

    private enum Colour {
        DIM("\u001b[2m"),
        BOLD("\u001b[1m"),
        RED("\u001b[31m"),
        GREEN("\u001b[32m"),
        YELLOW("\u001b[33m"),
        CYAN("\u001b[36m");

        private static final String RESET = "\u001b[0m";

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final PrintStream out;
    private final InstantSource clock;
    private final ZoneId zone;
    private final boolean colours;

    Narrator(PrintStream out, InstantSource clock, ZoneId zone, boolean colours) {
        this.out = out;
        this.clock = clock;
        this.zone = zone;
        this.colours = colours;
    }

    /** Something that {@code who} did or saw, without a topic of its own. */
    void tells(String who, String what) {
        line(who, Colour.CYAN, what, "");
    }

    /** Something that {@code who} sent to or got from a topic. */
    void tells(String who, String what, String topic) {
        line(who, Colour.CYAN, what, topic);
    }

    /** What somebody who only watches sees. */
    void aside(String who, String what, String topic) {
        line(who, Colour.DIM, what, topic);
    }

    /** A refusal, with the rule that decided. */
    void refusal(String who, String why) {
        line(who, Colour.YELLOW, why, "");
    }

    /** The headline of a chapter of the story. */
    void chapter(String title) {
        print("");
        out.println(in(Colour.BOLD, "== " + printable(title)));
    }

    void success(String what) {
        out.println(in(Colour.GREEN, printable(what)));
    }

    void failure(String what) {
        out.println(in(Colour.RED, printable(what)));
    }

    void print(String text) {
        out.println(printable(text));
    }

    private void line(String who, Colour whoColour, String what, String topic) {
        String time = TIME.format(LocalTime.ofInstant(clock.instant(), zone));
        String paddedWho = String.format("%-19s", who);
        out.println(in(Colour.DIM, time) + "  " + in(whoColour, printable(paddedWho)) + " " + printable(what)
                + (topic.isEmpty() ? "" : "  " + in(Colour.DIM, printable(topic))));
    }

    /** Clients that nobody here wrote choose what stands in a line: a control character must not steer the terminal. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
        return printable.toString();
    }

    private String in(Colour colour, String text) {
        return colours ? colour.code + text + Colour.RESET : text;
    }
}
