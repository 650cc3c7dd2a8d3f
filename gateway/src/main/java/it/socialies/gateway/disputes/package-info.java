// SPDX-License-Identifier: EUPL-1.2
/** Disputes of payments: opened at the counter, by telephone or by letter, both parties heard, decided by two persons, told by letter. */
@NullMarked
package it.socialies.gateway.disputes;

import org.jspecify.annotations.NullMarked;
