// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.journal.files.LogFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder in memory that keeps what would survive a power cut apart from what was only done: bytes of a file survive once it was forced, names once
 * their folder was. Dies at an operation of choice.
 */
final class SimulatedSnapshotFiles implements SnapshotFiles {
    /** What a killed process, or a cut of power, looks like from inside. */
    static final class Died extends IOException {
        private static final long serialVersionUID = 1L;

        Died() {
            super("simulated: died here");
        }
    }

    private final Map<Path, File> names = new TreeMap<>();
    private Map<Path, File> durableNames = new TreeMap<>();

    /** Operations that change something, until now. */
    int operations;

    /** Dies at this operation, counted from 1; 0 for never. */
    int dieAt;

    private boolean dead;

    long usableBytes = Long.MAX_VALUE;

    @Override
    public List<String> list(Path folder) {
        return names.keySet().stream()
                .filter(path -> folder.equals(path.getParent()))
                .map(path -> path.getFileName().toString())
                .toList();
    }

    @Override
    public void createFolder(Path folder) {
        // A folder is there when a file in it is.
    }

    @Override
    public LogFile create(Path path) throws IOException {
        step();
        File file = new File();
        names.put(path, file);
        return file;
    }

    @Override
    public LogFile openToRead(Path path) throws IOException {
        return existing(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        File file = existing(from);
        names.remove(from);
        names.put(to, file);
    }

    @Override
    public void delete(Path path) throws IOException {
        step();
        names.remove(path);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        step();
        durableNames = new TreeMap<>(names);
    }

    @Override
    public long usableBytes(Path folder) {
        return usableBytes;
    }

    /** A cut of power: names and bytes that were not forced are gone. */
    void losePower() {
        names.clear();
        names.putAll(durableNames);
        names.values().forEach(file -> file.written = file.forced.clone());
        restart();
    }

    /** The process that starts next does not die. What a killed one did stays. */
    void restart() {
        dieAt = 0;
        dead = false;
    }

    /** True when it died, as it was to. */
    boolean isDead() {
        return dead;
    }

    byte[] bytes(Path path) throws IOException {
        return existing(path).written;
    }

    private File existing(Path path) throws IOException {
        File file = names.get(path);
        if (file == null) {
            throw new FileNotFoundException(path.toString());
        }
        return file;
    }

    private void step() throws IOException {
        dead |= ++operations == dieAt;
        if (dead) {
            throw new Died();
        }
    }

    private final class File implements LogFile {
        private byte[] written = new byte[0];
        private byte[] forced = new byte[0];

        @Override
        public long size() {
            return written.length;
        }

        @Override
        public int write(ByteBuffer src, long position) throws IOException {
            int length = src.remaining();
            boolean dies = operations + 1 == dieAt;
            // Who dies while writing leaves half of it.
            int end = (int) position + (dies ? length / 2 : length);
            if (end > written.length) {
                written = Arrays.copyOf(written, end);
            }
            src.get(written, (int) position, end - (int) position);
            step();
            return length;
        }

        @Override
        public int read(ByteBuffer dst, long position) {
            int length = (int) Math.min(dst.remaining(), Math.max(0, written.length - position));
            dst.put(written, (int) position, length);
            return length;
        }

        @Override
        public void sync() throws IOException {
            step();
            forced = written.clone();
        }

        @Override
        public void close() {}
    }
}
