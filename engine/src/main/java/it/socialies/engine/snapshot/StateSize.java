// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.collections.StateWriter;

/** Counts what a snapshot of a core would take, without writing it. One thread. */
final class StateSize implements StateWriter {
    private long bytes;

    private StateSize() {}

    /** Bytes of the whole file, never too few. */
    static long of(CoreService core) {
        StateSize size = new StateSize();
        core.snapshotTo(size);
        // A block may end early by what a field needs before its elements.
        long fullBlocks = size.bytes / (SnapshotFormat.MAX_PAYLOAD_LENGTH - SnapshotFormat.MAX_FIELD_HEADER_LENGTH);
        return size.bytes
                + (fullBlocks + 2) * SnapshotFormat.BLOCK_HEADER_LENGTH
                + SnapshotFormat.HEADER_LENGTH
                + SnapshotFormat.DIGEST_LENGTH;
    }

    @Override
    public void putLong(String name, long value) {
        add(name, Long.BYTES);
    }

    @Override
    public void putLongs(String name, long[] values, int length) {
        add(name, Integer.BYTES + (long) length * Long.BYTES);
    }

    @Override
    public void putInts(String name, int[] values, int length) {
        add(name, Integer.BYTES + (long) length * Integer.BYTES);
    }

    @Override
    public void putBytes(String name, byte[] values, int length) {
        add(name, Integer.BYTES + length);
    }

    private void add(String name, long contentBytes) {
        bytes += 2 + name.length() + contentBytes;
    }
}
