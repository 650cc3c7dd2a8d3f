// SPDX-License-Identifier: EUPL-1.2
/** Runs simulated worlds by the thousand, and goes on where an earlier run stopped. */
@NullMarked
package it.socialies.ops.simulation;

import org.jspecify.annotations.NullMarked;
