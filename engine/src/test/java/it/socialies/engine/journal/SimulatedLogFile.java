// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** A file in memory that keeps what was synchronised apart from what was only written, and fails when told. */
final class SimulatedLogFile implements LogFile, LogFiles {
    private byte[] written = new byte[0];
    private byte[] synced = new byte[0];
    boolean failWrite;
    boolean failSync;

    @Override
    public LogFile open(Path path) {
        return this;
    }

    @Override
    public LogFile create(Path path) {
        return this;
    }

    @Override
    public long size() {
        return written.length;
    }

    @Override
    public int write(ByteBuffer src, long position) throws IOException {
        if (failWrite) {
            throw new IOException("simulated: write failed");
        }
        int length = src.remaining();
        int end = (int) position + length;
        if (end > written.length) {
            written = Arrays.copyOf(written, end);
        }
        src.get(written, (int) position, length);
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
        if (failSync) {
            throw new IOException("simulated: sync failed");
        }
        synced = written.clone();
    }

    /** Power cut: whatever was not synchronised is gone. */
    void losePower() {
        written = synced.clone();
    }

    byte[] bytes() {
        return written;
    }

    SimulatedLogFile copy() {
        SimulatedLogFile copy = new SimulatedLogFile();
        copy.written = written.clone();
        copy.synced = synced.clone();
        return copy;
    }

    @Override
    public void close() {}
}
