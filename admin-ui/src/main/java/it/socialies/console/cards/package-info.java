// SPDX-License-Identifier: EUPL-1.2
/** Cards and their wallets: state, balances, history. No names: people are not in the projection. */
@NullMarked
package it.socialies.console.cards;

import org.jspecify.annotations.NullMarked;
