// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.collections.StateWriter;
import it.socialies.engine.core.ledger.TotalsConsumer;

/** A core that stands before another one and passes on what it does not look at. */
public abstract class ForwardingCore implements CoreService {
    protected final CoreService core;

    protected ForwardingCore(CoreService core) {
        this.core = core;
    }

    @Override
    public void snapshotTo(StateWriter writer) {
        core.snapshotTo(writer);
    }

    @Override
    public void totals(TotalsConsumer consumer) {
        core.totals(consumer);
    }

    @Override
    public long lastSequence() {
        return core.lastSequence();
    }

    @Override
    public long lastTimestampMs() {
        return core.lastTimestampMs();
    }

    @Override
    public long clockOffsetMs() {
        return core.clockOffsetMs();
    }

    @Override
    public boolean isClockSuspect() {
        return core.isClockSuspect();
    }

    @Override
    public long coreHash() {
        return core.coreHash();
    }

    @Override
    public long ledgerHash() {
        return core.ledgerHash();
    }
}
