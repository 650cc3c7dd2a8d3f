// SPDX-License-Identifier: EUPL-1.2
/**
 * Goes through a whole history as an auditor does, changing nothing, and reports everything that is not as it was written.
 */
@NullMarked
package it.socialies.engine.journal.audit;

import org.jspecify.annotations.NullMarked;
