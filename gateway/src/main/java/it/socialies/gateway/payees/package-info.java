// SPDX-License-Identifier: EUPL-1.2
/** Payees: the bank accounts that shops are paid to, set by two persons and, where one takes the place of another, confirmed by the contact that was known before. */
@NullMarked
package it.socialies.gateway.payees;

import org.jspecify.annotations.NullMarked;
