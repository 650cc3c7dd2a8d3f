// SPDX-License-Identifier: EUPL-1.2
/** Remembers which idempotency keys executed, and as which record. */
@NullMarked
package it.socialies.engine.core.idempotency;

import org.jspecify.annotations.NullMarked;
