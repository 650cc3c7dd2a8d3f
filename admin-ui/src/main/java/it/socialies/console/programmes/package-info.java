// SPDX-License-Identifier: EUPL-1.2
/** Programmes of vouchers: what was assigned, awarded, spent, and what is left. */
@NullMarked
package it.socialies.console.programmes;

import org.jspecify.annotations.NullMarked;
