// SPDX-License-Identifier: EUPL-1.2
/** Top-ups of wallets, single and in batches. */
@NullMarked
package it.socialies.gateway.topups;

import org.jspecify.annotations.NullMarked;
