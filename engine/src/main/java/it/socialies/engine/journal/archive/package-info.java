// SPDX-License-Identifier: EUPL-1.2
/**
 * Sealed days of the journal, compressed: writing them, checking them, reading them batch by batch. What is read here may lie in the archive
 * only; a reader of the whole history is in {@code reader}.
 */
@NullMarked
package it.socialies.engine.journal.archive;

import org.jspecify.annotations.NullMarked;
