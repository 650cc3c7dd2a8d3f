// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

/**
 * The running sums behind {@code ledgerHash} and {@code coreHash}. An entity takes its hash out before it changes and puts the new one in
 * after; sums modulo 2^64 depend neither on slots nor on order.
 */
public final class HashSums {
    private long ledger;
    private long rest;

    /** Takes the hash of a ledger entity out, before it changes. */
    public void removeLedger(final long hash) {
        ledger -= hash;
    }

    /** Puts the hash of a ledger entity in, after it changed. */
    public void addLedger(final long hash) {
        ledger += hash;
    }

    /** Takes the hash of an entity outside the ledger out, before it changes. */
    public void removeCore(final long hash) {
        rest -= hash;
    }

    /** Puts the hash of an entity outside the ledger in, after it changed. */
    public void addCore(final long hash) {
        rest += hash;
    }

    /** Sum over accounts, holds, wallets, cards without verifiers, programmes and shops. */
    public long ledger() {
        return ledger;
    }

    /** Sum over everything else that keeps its own hash here. */
    public long rest() {
        return rest;
    }
}
