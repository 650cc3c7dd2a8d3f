// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

/** The two hashes of the state at a sequence. */
record StateHash(long sequence, long coreHash, long ledgerHash) {}
