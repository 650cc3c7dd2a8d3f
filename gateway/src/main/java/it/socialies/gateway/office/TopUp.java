// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

/** One row of a batch: so much for one wallet, in cents. */
public record TopUp(long walletId, long amount) {}
