// SPDX-License-Identifier: EUPL-1.2
/** The proof that one record is part of the history that a checkpoint speaks of. */
@NullMarked
package it.socialies.verifier.proof;

import org.jspecify.annotations.NullMarked;
