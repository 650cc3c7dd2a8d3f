// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import it.socialies.gateway.security.CardToken;

/** What a genuine card's QR code says: the circuit it was made for and its token in the core. */
public record ScannedCard(int circuitId, CardToken token) {}
