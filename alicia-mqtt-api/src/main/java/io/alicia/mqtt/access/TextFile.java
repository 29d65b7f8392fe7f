package io.alicia.mqtt.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file's lines with what ended each, so that writing them gives the same bytes. UTF-8 and no NUL. */
final class TextFile {

    /** One line without its end, and its end: LF, CRLF or, in the last line, nothing. */
    record Line(int number, String text, String end) {}

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    static String read(Path file) {
        return decode(file.toString(), bytes(file));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new AccessFileException(file.toString(), "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new AccessFileException(file.toString(), "this user may not read it", e);
        } catch (IOException e) {
            if (Files.isDirectory(file)) {
                throw new AccessFileException(file.toString(), "it is a folder", e);
            }
            throw new AccessFileException(file.toString(), "it cannot be read: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new AccessFileException(file.toString(), "it is too large to be read", e);
        }
    }

    static String decode(String name, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw refusal(
                    name,
                    text,
                    text.length(),
                    "expected text in UTF-8, found the byte 0x" + Integer.toHexString(bytes[in.position()] & 0xff));
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw refusal(name, text, nul, "expected text, found the null character U+0000");
        }
        return text;
    }

    private static AccessFileException refusal(String name, String text, int index, String problem) {
        int line = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new AccessFileException(name, line, index - lineStart + 1, problem);
    }

    static boolean hasByteOrderMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    }

    /** Whether there are lines, but none ends with LF. */
    static boolean endsLinesWithCarriageReturn(String text) {
        return text.indexOf('\n') < 0 && text.stripTrailing().indexOf('\r') >= 0;
    }

    /** Refuses passwords in lines that end with CR alone: what follows the first of them would be a part of its hash. */
    static void requireLineFeeds(String name, String text) {
        if (endsLinesWithCarriageReturn(text)) {
            int mark = hasByteOrderMark(text) ? 1 : 0;
            throw endsWithCarriageReturn(name, 1, text.indexOf('\r') - mark);
        }
    }

    /** The refusal of a line in which another one begins behind the CR at {@code index}. */
    static AccessFileException endsWithCarriageReturn(String name, int line, int index) {
        return new AccessFileException(
                name,
                line,
                index + 1,
                "expected lines that end with LF, found CR alone, as old Macs wrote it: Mosquitto takes what stands on both"
                        + " sides of it for one line; `tr '\\r' '\\n'` writes LF");
    }

    static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int start = hasByteOrderMark(text) ? 1 : 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int next = newline < 0 ? text.length() : newline + 1;
            int end = newline < 0 ? text.length() : newline;
            if (newline > start && text.charAt(newline - 1) == '\r') {
                end--;
            }
            lines.add(new Line(lines.size() + 1, text.substring(start, end), text.substring(end, next)));
            start = next;
        }
        return lines;
    }
}
