// SPDX-License-Identifier: EUPL-1.2
/** Reconciliation: files that tell what became of payments, and whether what was drawn, ordered and paid of a settlement agrees. */
@NullMarked
package it.socialies.gateway.settlement.reconciliations;

import org.jspecify.annotations.NullMarked;
