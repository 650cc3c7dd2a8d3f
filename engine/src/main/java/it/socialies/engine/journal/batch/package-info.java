// SPDX-License-Identifier: EUPL-1.2
/**
 * Records in batches: building them, looking at them, checksums, Merkle root, chain; and the two failures that stop a reader. In memory only.
 */
@NullMarked
package it.socialies.engine.journal.batch;

import org.jspecify.annotations.NullMarked;
