// SPDX-License-Identifier: EUPL-1.2
/** What is in a wallet and how it got there. */
@NullMarked
package it.socialies.gateway.wallets;

import org.jspecify.annotations.NullMarked;
