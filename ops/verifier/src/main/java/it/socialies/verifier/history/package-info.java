// SPDX-License-Identifier: EUPL-1.2
/** Batches, records, Merkle roots and the chain: whether a row of batches is one unbroken history. */
@NullMarked
package it.socialies.verifier.history;

import org.jspecify.annotations.NullMarked;
