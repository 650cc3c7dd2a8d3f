// SPDX-License-Identifier: EUPL-1.2
/**
 * The start: joins the journal with what only the commit log holds, repairs what a power cut leaves, refuses the rest.
 */
@NullMarked
package it.socialies.engine.journal.recovery;

import org.jspecify.annotations.NullMarked;
