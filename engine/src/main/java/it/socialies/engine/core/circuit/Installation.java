// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.InstallationMode;

/** What is true of the whole installation: its mode and its clock. */
public final class Installation implements StateTable {
    private int mode;
    private long clockOffsetMs;
    private boolean clockSuspect;

    void start(final InstallationMode mode) {
        this.mode = mode.value();
    }

    void offsetClock(final long offsetMs) {
        clockOffsetMs = offsetMs;
        clockSuspect = false;
    }

    void suspectClock(final boolean suspect) {
        clockSuspect = suspect;
    }

    /** True once the first command was journaled. */
    public boolean isStarted() {
        return mode != 0;
    }

    /** True when the clock may be moved. */
    public boolean isSandbox() {
        return mode == InstallationMode.SANDBOX.value();
    }

    /** Mode, as in the schema; 0 before the start. */
    public InstallationMode mode() {
        return isSandbox() ? InstallationMode.SANDBOX : isStarted() ? InstallationMode.LIVE : InstallationMode.NULL_VAL;
    }

    /** Offset of the sandbox clock, in milliseconds. */
    public long clockOffsetMs() {
        return clockOffsetMs;
    }

    /** True while a step of the clock awaits confirmation. */
    public boolean isClockSuspect() {
        return clockSuspect;
    }

    @Override
    public void visit(final StateFields fields) {
        mode = Math.toIntExact(fields.number("installation.mode", mode));
        clockOffsetMs = fields.number("installation.clock_offset_ms", clockOffsetMs);
        clockSuspect = fields.number("installation.clock_suspect", clockSuspect ? 1 : 0) != 0;
    }

    @Override
    public void rebuild() {
        // Nothing follows from it.
    }

    /** Hash over all of it. */
    public long hash() {
        long h = EntityHash.start(CoreTags.INSTALLATION);
        h = EntityHash.add(h, mode);
        h = EntityHash.add(h, clockOffsetMs);
        h = EntityHash.add(h, clockSuspect ? 1 : 0);
        return EntityHash.end(h);
    }
}
