// SPDX-License-Identifier: EUPL-1.2
/** The QR codes on cards: what is in them, who may have made them, and how they are drawn. */
@NullMarked
package it.socialies.gateway.qr;

import org.jspecify.annotations.NullMarked;
