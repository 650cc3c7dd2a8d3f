// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

/** What a second person was asked to approve, in minor units, and how much of it was moved. One thread. */
final class Proposal {
    final long amount;
    final boolean isBatch;
    long moved;
    long released;

    Proposal(long amount, boolean isBatch) {
        this.amount = amount;
        this.isBatch = isBatch;
    }
}
