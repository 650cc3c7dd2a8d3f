// SPDX-License-Identifier: EUPL-1.2
/** The money of a programme before it is on cards: what funders assigned, what acts committed, what was cashed. */
@NullMarked
package it.socialies.engine.core.funds;

import org.jspecify.annotations.NullMarked;
