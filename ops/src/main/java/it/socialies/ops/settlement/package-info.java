// SPDX-License-Identifier: EUPL-1.2
/** The settlement drill: a month of a province's payments, settled, ordered, paid and reconciled, with the node killed in between. */
@NullMarked
package it.socialies.ops.settlement;

import org.jspecify.annotations.NullMarked;
