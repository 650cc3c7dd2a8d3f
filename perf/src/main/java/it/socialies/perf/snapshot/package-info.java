// SPDX-License-Identifier: EUPL-1.2
/** What snapshots are for and what they cost: restarts of a large installation, and payments while a snapshot is taken. */
@NullMarked
package it.socialies.perf.snapshot;

import org.jspecify.annotations.NullMarked;
