package io.alicia.mqtt.broker.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468); text around them is skipped, as OpenSSL skips it. */
final class Pem {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]+)-----\\s*((?:[A-Za-z-]+:[^\\n]*\\n){0,10})([^-]*)-----END \\1-----",
            Pattern.DOTALL);
    /** No key or chain comes near this; a mistaken path to something huge must not fill the memory. */
    private static final long MAX_FILE_BYTES = 32L << 20;

    /** One block. */
    static final class Block {

        private final String label;
        private final boolean encrypted;
        private final byte[] der;

        private Block(String label, boolean encrypted, byte[] der) {
            this.label = label;
            this.encrypted = encrypted;
            this.der = der;
        }

        /** What stands behind {@code BEGIN}. */
        String label() {
            return label;
        }

        /** Whether its headers say that a pass phrase is needed. */
        boolean encrypted() {
            return encrypted;
        }

        /** Its content; not to be changed. */
        byte[] der() {
            return der;
        }
    }

    private Pem() {}

    /** {@return the blocks of a file, at least one} */
    static List<Block> read(Path file) throws TlsException {
        String text;
        try {
            if (Files.isDirectory(file)) {
                throw new TlsException("it is a directory");
            }
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new TlsException("it is too large for a PEM file");
            }
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsException(reason(e), e);
        }
        List<Block> blocks = parse(text);
        if (blocks.isEmpty()) {
            throw new TlsException("it is not a PEM file, expected \"-----BEGIN …-----\"");
        }
        return blocks;
    }

    static List<Block> parse(String text) throws TlsException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            boolean encrypted = matcher.group(2).contains("ENCRYPTED");
            try {
                blocks.add(new Block(
                        matcher.group(1), encrypted, Base64.getMimeDecoder().decode(matcher.group(3))));
            } catch (IllegalArgumentException e) {
                throw new TlsException("its block " + matcher.group(1) + " is not Base64", e);
            }
        }
        return blocks;
    }

    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "this user may not read it";
        }
        return String.valueOf(failure.getMessage());
    }
}
