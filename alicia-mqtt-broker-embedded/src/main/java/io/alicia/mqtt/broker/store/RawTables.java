package io.alicia.mqtt.broker.store;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/** All that can be read of a file, page by page: a page that is damaged costs what stands in it, not what follows. */
final class RawTables {

    private final Map<TableName, SortedMap<byte[], byte[]>> tables = new EnumMap<>(TableName.class);
    private final List<String> damages;

    private RawTables(List<String> damages) {
        this.damages = damages;
    }

    /** Reads a file; what can't be read is added to {@code damages} in words. */
    static RawTables read(MVStore store, List<String> damages) {
        RawTables raw = new RawTables(damages);
        for (TableName name : TableName.values()) {
            SortedMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
            raw.tables.put(name, entries);
            try {
                MVMap<byte[], byte[]> map = DatabaseFile.map(store, name);
                raw.read(name, map.getRootPage(), entries);
            } catch (RuntimeException | AssertionError e) {
                // H2 asserts what a damaged file breaks, where assertions are enabled.
                damages.add("the table " + name.mapName());
            }
        }
        return raw;
    }

    private void read(TableName name, Page<byte[], byte[]> page, SortedMap<byte[], byte[]> entries) {
        if (page.isLeaf()) {
            for (int i = 0; i < page.getKeyCount(); i++) {
                entries.put(page.getKey(i), page.getValue(i));
            }
            return;
        }
        for (int i = 0; i <= page.getKeyCount(); i++) {
            Page<byte[], byte[]> child;
            try {
                child = page.getChildPage(i);
            } catch (RuntimeException | AssertionError e) {
                damages.add("a page of the table " + name.mapName());
                continue;
            }
            read(name, child, entries);
        }
    }

    SortedMap<byte[], byte[]> get(TableName name) {
        SortedMap<byte[], byte[]> entries = tables.get(name);
        if (entries == null) {
            throw new IllegalStateException("there is no table " + name);
        }
        return entries;
    }

    /** Puts everything into a file that has nothing yet. */
    void writeTo(Tables target) {
        tables.forEach((name, entries) -> entries.forEach(target.get(name)::put));
        target.commit();
    }
}
