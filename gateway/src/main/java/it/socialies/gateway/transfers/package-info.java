// SPDX-License-Identifier: EUPL-1.2
/** IES from wallet to wallet, and its tariff. */
@NullMarked
package it.socialies.gateway.transfers;

import org.jspecify.annotations.NullMarked;
