// SPDX-License-Identifier: EUPL-1.2
/** IES: issued and redeemed against the euro reserve, transferred at the tariff of the circuit. */
@NullMarked
package it.socialies.engine.core.ies;

import org.jspecify.annotations.NullMarked;
