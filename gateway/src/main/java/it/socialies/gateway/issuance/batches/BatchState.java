// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import java.util.Locale;

/** Where a batch stands; {@code ops/docs/issuance.md} draws the ways between. */
enum BatchState {
    /** Defined, no file yet. */
    DRAFT,
    /** Its file is being read and its people entered. */
    CHECKING,
    /** The file has errors: the report tells them, another file may come. */
    FAULTY,
    /** Ranked; nobody else has seen it. */
    READY,
    /** Wallets are looked for and cards put aside; it becomes submitted, or ready again with the problem that it met. */
    SUBMITTING,
    /** Cards and wallets are known, the core has the proposal: another person decides. */
    SUBMITTED,
    /** Waits out the delay, in which it can be cancelled. */
    APPROVED,
    EXECUTING,
    /** Cannot go on by itself; {@code stop_code} says why. */
    STOPPED,
    EXECUTED,
    CANCELLED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
