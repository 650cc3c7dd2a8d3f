// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.core.collections.SnapshotExceedsLimit;
import it.socialies.engine.core.collections.StateReader;
import it.socialies.engine.core.collections.StateWriter;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.ledger.TotalsConsumer;
import org.agrona.DirectBuffer;

/**
 * The deterministic state machine, as its host sees it. The local pipeline hosts it today; Aeron Cluster can host it tomorrow, which is why
 * time, date and output come in as arguments.
 *
 * <p>Threading: one thread at a time. Any exception means that the state can no longer be trusted: the host halts the process.
 */
public interface CoreService {

    /**
     * Decides one command frame and applies what it decided.
     *
     * @param timestampMs stamp given by the host, never less than an earlier one
     * @param epochDay the Europe/Rome date of the stamp, in days since the epoch
     * @param output receives exactly one call
     */
    void onCommand(long timestampMs, int epochDay, DirectBuffer buffer, int offset, int length, CoreOutput output);

    /**
     * Does one bounded step of what time makes due (expired holds, expired pockets, old keys).
     *
     * @return true when a record was emitted, and more may be due
     */
    boolean onTick(long timestampMs, int epochDay, CoreOutput output);

    /** Tells the core that the clock stepped forward implausibly; until an operator confirms, no payment and no sweep. Emits one record. */
    void onClockSuspected(long fromMs, long toMs, int epochDay, CoreOutput output);

    /** Applies a journaled record: replay and recovery. */
    void onRecord(DirectBuffer buffer, int offset, int length);

    /** Writes the whole state, between two records. Changes nothing. */
    void snapshotTo(StateWriter writer);

    /**
     * Takes the state of a snapshot. From then on this core decides, answers and hashes exactly as the one that wrote it.
     *
     * @throws IllegalStateException when this core knows something already, or the fields do not fit together
     * @throws SnapshotExceedsLimit when the snapshot needs more room than the limits of this core give; the message names the limit
     * @throws InvariantViolated when the state contradicts itself
     */
    void restoreFrom(StateReader reader);

    /** Tells the totals per circuit and unit, in this order. Changes nothing. */
    void totals(TotalsConsumer consumer);

    /** Sequence of the last record emitted or applied; 0 at the start. */
    long lastSequence();

    /** Stamp of the last record; 0 at the start. */
    long lastTimestampMs();

    /** Journaled offset of the sandbox clock, which the host adds to the wall clock before it stamps. */
    long clockOffsetMs();

    /** True between a suspected clock and its confirmation. */
    boolean isClockSuspect();

    /** Hash over everything in the core: equal in live run and replay at equal sequences. */
    long coreHash();

    /** Hash over accounts, holds, wallets, cards without verifiers, programmes and shops: also equal to Postgres. */
    long ledgerHash();
}
