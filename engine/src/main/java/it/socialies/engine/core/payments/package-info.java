// SPDX-License-Identifier: EUPL-1.2
/** Payments: authorized, captured, voided, expired, refunded. */
@NullMarked
package it.socialies.engine.core.payments;

import org.jspecify.annotations.NullMarked;
