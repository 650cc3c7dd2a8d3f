// SPDX-License-Identifier: EUPL-1.2
/** Who may ask for a settlement, and whether it is there. */
@NullMarked
package it.socialies.gateway.settlement.desk;

import org.jspecify.annotations.NullMarked;
