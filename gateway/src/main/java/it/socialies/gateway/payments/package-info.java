// SPDX-License-Identifier: EUPL-1.2
/** Payments at a terminal, and what happens to them later. */
@NullMarked
package it.socialies.gateway.payments;

import org.jspecify.annotations.NullMarked;
