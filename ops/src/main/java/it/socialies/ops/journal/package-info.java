// SPDX-License-Identifier: EUPL-1.2
/** Reading the journal of a data folder, from zero and read-only. */
@NullMarked
package it.socialies.ops.journal;

import org.jspecify.annotations.NullMarked;
