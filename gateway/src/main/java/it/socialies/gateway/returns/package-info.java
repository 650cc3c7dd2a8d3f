// SPDX-License-Identifier: EUPL-1.2
/** Money on its way back: take-backs, reversals of batches, wallets that are closed; and programmes that are extended, which bring it to pockets again. */
@NullMarked
package it.socialies.gateway.returns;

import org.jspecify.annotations.NullMarked;
