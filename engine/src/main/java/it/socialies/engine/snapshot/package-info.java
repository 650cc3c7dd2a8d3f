// SPDX-License-Identifier: EUPL-1.2
/**
 * Snapshots: the core's state at the end of a batch, written by a process of its own beside the engine, so that a start need not replay the
 * whole journal. A snapshot is a shortcut and never evidence: what it holds can always be made again from the journal, whose chain hash it
 * names. Layout: {@code ops/docs/format.md}.
 */
@NullMarked
package it.socialies.engine.snapshot;

import org.jspecify.annotations.NullMarked;
