// SPDX-License-Identifier: EUPL-1.2
/** Payments: found, listed, exported, and one by one. */
@NullMarked
package it.socialies.console.payments;

import org.jspecify.annotations.NullMarked;
