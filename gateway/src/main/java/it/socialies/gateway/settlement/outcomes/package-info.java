// SPDX-License-Identifier: EUPL-1.2
/** Outcomes: what became of the payments that were ordered, as the bank or accounting tells it. */
@NullMarked
package it.socialies.gateway.settlement.outcomes;

import org.jspecify.annotations.NullMarked;
