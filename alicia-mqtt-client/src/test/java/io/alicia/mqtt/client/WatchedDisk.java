package io.alicia.mqtt.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** H2's way to a file, with a look at the file between any two of its changes: what a process that is killed there leaves. */
public final class WatchedDisk extends FilePathWrapper implements AutoCloseable {

    private static final String SCHEME = "watched";

    /** Static, as H2 makes instances of its own by the constructor without arguments. */
    private static volatile Runnable look = () -> {};

    /** Has {@code between} run before each change of files whose names begin with {@link #scheme}. */
    static WatchedDisk looking(Runnable between) {
        look = between;
        WatchedDisk disk = new WatchedDisk();
        FilePath.register(disk);
        return disk;
    }

    String scheme() {
        return SCHEME + ":";
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Watched(super.open(mode));
    }

    @Override
    public void close() {
        FilePath.unregister(this);
    }

    private static final class Watched extends FileBase {

        private final FileChannel real;

        Watched(FileChannel real) {
            this.real = real;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return real.read(into);
        }

        @Override
        public synchronized int read(ByteBuffer into, long position) throws IOException {
            return real.read(into, position);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            look.run();
            return real.write(from);
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            look.run();
            return real.write(from, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            look.run();
            real.truncate(size);
            return this;
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long next) throws IOException {
            real.position(next);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void force(boolean metaData) throws IOException {
            real.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return real.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }
    }
}
