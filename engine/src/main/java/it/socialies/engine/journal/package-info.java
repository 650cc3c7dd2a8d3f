// SPDX-License-Identifier: EUPL-1.2
/**
 * What makes a record durable and keeps it: the commit log (write and fdatasync, small, circular), the journal (a Chronicle Queue, kept
 * for ever) and the recovery that joins them at the start. Layouts: {@code ops/docs/format.md}. Nothing here logs or reads a clock;
 * findings are returned as reports, and whatever cannot be trusted is thrown.
 */
@NullMarked
package it.socialies.engine.journal;

import org.jspecify.annotations.NullMarked;
