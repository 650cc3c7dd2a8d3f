// SPDX-License-Identifier: EUPL-1.2
/** Debit notes: what a shop asks of the municipality for one settlement, drafted here and confirmed by the shop with its own number and date. */
@NullMarked
package it.socialies.gateway.settlement.notes;

import org.jspecify.annotations.NullMarked;
