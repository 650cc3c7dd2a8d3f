// SPDX-License-Identifier: EUPL-1.2
/** Signed checkpoints and the keys they are verified with. */
@NullMarked
package it.socialies.verifier.checkpoint;

import org.jspecify.annotations.NullMarked;
