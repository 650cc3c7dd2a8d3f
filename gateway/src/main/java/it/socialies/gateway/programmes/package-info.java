// SPDX-License-Identifier: EUPL-1.2
/** Programmes: funds with rules. */
@NullMarked
package it.socialies.gateway.programmes;

import org.jspecify.annotations.NullMarked;
