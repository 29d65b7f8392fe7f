package io.alicia.mqtt.broker.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** The open file and its tables. For one thread at a time. */
final class Tables {

    private static final long WASTEFUL_BYTES = 16L << 20;
    private static final int WASTEFUL_PERCENT = 40;

    private final Path file;
    private final Map<TableName, Table> tables = new EnumMap<>(TableName.class);
    private MVStore store;

    private Tables(Path file, MVStore store) {
        this.file = file;
        this.store = store;
        for (TableName name : TableName.values()) {
            tables.put(name, new Table(DatabaseFile.map(store, name)));
        }
    }

    static Tables open(Path file) throws StoreException {
        return new Tables(file, DatabaseFile.open(file));
    }

    /** Takes a file that was opened; its tables are read for the first time. */
    static Tables of(Path file, MVStore store) {
        return new Tables(file, store);
    }

    Table get(TableName name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("there is no table " + name);
        }
        return table;
    }

    /** Whether a commit would change anything. */
    boolean isChanged() {
        return tables.values().stream().anyMatch(Table::isChanged);
    }

    /** One commit of everything that is pending, whole or not at all. */
    void commit() {
        tables.values().forEach(Table::flush);
        store.commit();
        tables.values().forEach(Table::committed);
    }

    /** Brings all commits to the disk itself; a file that is mostly unused space, or was taken away, is written anew. */
    void sync() throws StoreException, IOException {
        if (!Files.exists(file) || isWasteful()) {
            writeAnew();
        }
        store.sync();
    }

    private boolean isWasteful() {
        return store.getFileStore().size() > WASTEFUL_BYTES
                && store.getFileStore().getChunksFillRate() < WASTEFUL_PERCENT;
    }

    /**
     * Copies what is committed into a new file that takes the old one's name when it is whole. MVStore's own compaction
     * would do it in place; this can be trusted without knowing how.
     */
    private void writeAnew() throws StoreException, IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        MVStore fresh = DatabaseFile.open(beside);
        try {
            for (TableName name : TableName.values()) {
                MVMap<byte[], byte[]> to = DatabaseFile.map(fresh, name);
                get(name).map().forEach(to::append);
            }
            fresh.commit();
            fresh.sync();
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            fresh.closeImmediately();
            throw e;
        }
        goOnWith(fresh);
    }

    /** After a failed write: opens the file again, as the last commit left it; what is pending stays so. */
    void reopen() throws StoreException {
        store.closeImmediately();
        goOnWith(DatabaseFile.open(file));
    }

    private void goOnWith(MVStore other) {
        if (!store.isClosed()) {
            store.closeImmediately();
        }
        store = other;
        for (TableName name : TableName.values()) {
            get(name).reopened(DatabaseFile.map(other, name));
        }
    }

    void close() {
        if (!store.isClosed()) {
            store.close();
        }
    }

    void closeAsItIs() {
        store.closeImmediately();
    }

    /** Puts the file aside under a name that is free. */
    static Path setAside(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.resolveSibling(file.getFileName() + ".damaged-" + i);
        }
        return Files.move(file, aside);
    }
}
