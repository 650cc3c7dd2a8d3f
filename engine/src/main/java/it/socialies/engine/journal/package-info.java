// SPDX-License-Identifier: EUPL-1.2
/**
 * What makes a record durable and keeps it: the commit log (write and fdatasync, small, circular), the journal (a Chronicle Queue, kept
 * for ever), the archive of its older days, and the recovery that joins them at the start. Layouts: {@code ops/docs/format.md}. Nothing here
 * logs or reads a clock; findings are returned as reports, and whatever cannot be trusted is thrown.
 *
 * <p>From below: {@code files} and {@code batch} know nobody; {@code commitlog} and {@code queue} keep batches in files; {@code archive} takes
 * days over from the queue; {@code reader} reads archive and queue as one; {@code examination} says what is wrong in them; {@code recovery} and
 * {@code audit} use all of these.
 */
@NullMarked
package it.socialies.engine.journal;

import org.jspecify.annotations.NullMarked;
