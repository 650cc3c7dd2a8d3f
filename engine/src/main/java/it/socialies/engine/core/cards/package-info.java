// SPDX-License-Identifier: EUPL-1.2
/** Wallets, cards, and the PIN. */
@NullMarked
package it.socialies.engine.core.cards;

import org.jspecify.annotations.NullMarked;
