// SPDX-License-Identifier: EUPL-1.2
/**
 * The journal as a Chronicle Queue: its files by day, appending, forcing, and reading them with Chronicle or, where that cannot be trusted,
 * from batch header to batch header.
 */
@NullMarked
package it.socialies.engine.journal.queue;

import org.jspecify.annotations.NullMarked;
