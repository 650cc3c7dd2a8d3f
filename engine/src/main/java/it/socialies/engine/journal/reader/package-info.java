// SPDX-License-Identifier: EUPL-1.2
/**
 * Archive and journal read as one history, by sequence, with every batch verified.
 */
@NullMarked
package it.socialies.engine.journal.reader;

import org.jspecify.annotations.NullMarked;
