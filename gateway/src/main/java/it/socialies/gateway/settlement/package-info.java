// SPDX-License-Identifier: EUPL-1.2
/** Settlements: what shops are owed of a period is drawn, put before another person, and paid. */
@NullMarked
package it.socialies.gateway.settlement;

import org.jspecify.annotations.NullMarked;
