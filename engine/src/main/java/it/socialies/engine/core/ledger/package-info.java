// SPDX-License-Identifier: EUPL-1.2
/** Accounts with four counters, holds, and the movements between them. */
@NullMarked
package it.socialies.engine.core.ledger;

import org.jspecify.annotations.NullMarked;
