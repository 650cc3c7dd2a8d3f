// SPDX-License-Identifier: EUPL-1.2
/** The pockets of wallets, top-ups and the sweep of what expired. */
@NullMarked
package it.socialies.engine.core.vouchers;

import org.jspecify.annotations.NullMarked;
