// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Real files that stop at the n-th step, and can then lose power: bytes that were not synchronised and names whose folder was not forced are gone, each or
 * not, as a disk may have it.
 */
final class PowerCutFiles implements DurableFiles {
    private final Path trash;
    private final Map<Path, Written> written = new LinkedHashMap<>();
    private final List<Step> unforced = new ArrayList<>();
    private int stepsLeft;
    private int steps;

    /** @param stepsLeft steps that succeed; the next one does not happen */
    PowerCutFiles(Path trash, int stepsLeft) throws IOException {
        this.trash = Files.createDirectories(trash);
        this.stepsLeft = stepsLeft;
    }

    /** What a step did to a name in a folder. */
    private record Step(Path folder, Undo undo) {}

    @FunctionalInterface
    private interface Undo {
        void run() throws IOException;
    }

    /** How many steps there were. */
    int steps() {
        return steps;
    }

    private void step(String what) throws IOException {
        if (stepsLeft-- <= 0) {
            throw new IOException("simulated: stopped before " + what);
        }
        steps++;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        step("createFolder");
        REAL.createFolder(folder);
    }

    @Override
    public LogFile create(Path path) throws IOException {
        step("create");
        Written file = new Written(REAL.create(path));
        written.put(path, file);
        unforced.add(new Step(path.getParent(), () -> Files.deleteIfExists(path)));
        return file;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename");
        REAL.rename(from, to);
        Written file = written.remove(from);
        if (file != null) {
            written.put(to, file);
        }
        unforced.add(new Step(to.getParent(), () -> {
            if (Files.exists(to)) {
                Files.move(to, from);
            }
        }));
    }

    @Override
    public void delete(Path path) throws IOException {
        step("delete");
        if (Files.exists(path)) {
            Path kept = trash.resolve(path.getFileName());
            Files.move(path, kept);
            unforced.add(new Step(path.getParent(), () -> Files.move(kept, path)));
        }
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        step("forceFolder");
        REAL.forceFolder(folder);
        unforced.removeIf(done -> done.folder.equals(folder));
    }

    @Override
    public long usableBytes(Path folder) {
        return Long.MAX_VALUE;
    }

    /** What the disk has after the power went. */
    void losePower(Random random) throws IOException {
        for (Map.Entry<Path, Written> file : written.entrySet()) {
            if (Files.exists(file.getKey()) && random.nextInt(4) > 0) {
                Files.write(file.getKey(), file.getValue().synced);
            }
        }
        for (Step done : unforced.reversed()) {
            if (random.nextInt(4) > 0) {
                done.undo.run();
            }
        }
    }

    private final class Written implements LogFile {
        private final LogFile real;
        private byte[] synced = new byte[0];

        private Written(LogFile real) {
            this.real = real;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public int write(ByteBuffer src, long position) throws IOException {
            step("write");
            return real.write(src, position);
        }

        @Override
        public int read(ByteBuffer dst, long position) throws IOException {
            return real.read(dst, position);
        }

        @Override
        public void sync() throws IOException {
            step("sync");
            real.sync();
            ByteBuffer all = ByteBuffer.allocate((int) real.size());
            real.read(all, 0);
            synced = all.array();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
