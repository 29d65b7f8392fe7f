package io.alicia.mqtt.broker.listener;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/**
 * The files below one directory, as a web server shows them. Nothing outside of it is found, neither by {@code ..} nor
 * through a symbolic link, and no file whose name begins with a dot. Asks the file system: not for event loops.
 */
final class HttpDirectory {

    private static final String INDEX = "index.html";
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final String UTF_8 = "; charset=utf-8";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html" + UTF_8),
            Map.entry("htm", "text/html" + UTF_8),
            Map.entry("css", "text/css" + UTF_8),
            Map.entry("js", "text/javascript" + UTF_8),
            Map.entry("mjs", "text/javascript" + UTF_8),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain" + UTF_8),
            Map.entry("md", "text/markdown" + UTF_8),
            Map.entry("xml", "application/xml"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("ttf", "font/ttf"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/wav"),
            Map.entry("ogg", "audio/ogg"));

    /** What there is at a path. */
    sealed interface Found {

        /**
         * A file.
         *
         * @param path where, without symbolic links
         * @param bytes how large
         * @param type its Content-Type
         * @param modified when it was last changed, in whole seconds as HTTP tells them
         */
        record File(Path path, long bytes, String type, Instant modified) implements Found {}

        /**
         * A directory, whose path ends with a slash.
         *
         * @param location its path
         */
        record Elsewhere(String location) implements Found {}

        /**
         * Nothing to show.
         *
         * @param status why
         */
        record Nothing(HttpResponseStatus status) implements Found {}
    }

    private final Path root;

    /** The directory, which must exist. */
    HttpDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("http_dir \"" + directory + "\" is not a directory.");
        }
        this.root = directory.toRealPath();
    }

    Found find(String uri) {
        String path;
        try {
            path = new QueryStringDecoder(uri).path();
        } catch (IllegalArgumentException e) {
            return new Found.Nothing(HttpResponseStatus.BAD_REQUEST);
        }
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            return new Found.Nothing(HttpResponseStatus.BAD_REQUEST);
        }
        Path file = root;
        for (String name : path.split("/", -1)) {
            if (name.equals("..") || name.indexOf('\\') >= 0) {
                return new Found.Nothing(HttpResponseStatus.FORBIDDEN);
            }
            if (name.startsWith(".")) {
                return new Found.Nothing(HttpResponseStatus.NOT_FOUND);
            }
            try {
                file = file.resolve(name);
            } catch (InvalidPathException e) {
                return new Found.Nothing(HttpResponseStatus.NOT_FOUND);
            }
        }
        return found(path.endsWith("/") ? file.resolve(INDEX) : file, uri);
    }

    private Found found(Path file, String uri) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(root)) {
                return new Found.Nothing(HttpResponseStatus.FORBIDDEN);
            }
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return new Found.Elsewhere(withSlash(uri));
            }
            if (!attributes.isRegularFile() || !Files.isReadable(real)) {
                return new Found.Nothing(HttpResponseStatus.FORBIDDEN);
            }
            return new Found.File(
                    real,
                    attributes.size(),
                    typeOf(file),
                    attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS));
        } catch (AccessDeniedException | FileSystemLoopException e) {
            return new Found.Nothing(HttpResponseStatus.FORBIDDEN);
        } catch (FileSystemException e) {
            // There is none, or a file stands where a directory would have to.
            return new Found.Nothing(HttpResponseStatus.NOT_FOUND);
        } catch (IOException e) {
            return new Found.Nothing(HttpResponseStatus.INTERNAL_SERVER_ERROR);
        }
    }

    /** On this server: two slashes at the start would name another one. */
    private static String withSlash(String uri) {
        int query = uri.indexOf('?');
        String path = (query < 0 ? uri : uri.substring(0, query)).replaceFirst("^/+", "/");
        return path + "/" + (query < 0 ? "" : uri.substring(query));
    }

    private static String typeOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), UNKNOWN_TYPE);
    }
}
