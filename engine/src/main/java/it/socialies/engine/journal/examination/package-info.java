// SPDX-License-Identifier: EUPL-1.2
/**
 * Says what is wrong with batches, byte by byte, where a reader only says that it cannot go on.
 */
@NullMarked
package it.socialies.engine.journal.examination;

import org.jspecify.annotations.NullMarked;
