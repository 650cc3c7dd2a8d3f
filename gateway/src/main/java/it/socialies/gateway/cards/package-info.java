// SPDX-License-Identifier: EUPL-1.2
/** Cards: issue, hand-over, PIN, block, replacement, QR code. */
@NullMarked
package it.socialies.gateway.cards;

import org.jspecify.annotations.NullMarked;
