// SPDX-License-Identifier: EUPL-1.2
/** Orders: what is paid of an approved settlement, to whom, what holds a shop back, and the files for the bank and for accounting. */
@NullMarked
package it.socialies.gateway.settlement.orders;

import org.jspecify.annotations.NullMarked;
