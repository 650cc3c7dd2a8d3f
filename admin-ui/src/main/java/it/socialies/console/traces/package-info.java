// SPDX-License-Identifier: EUPL-1.2
/** The way of one payment's money: where it came from and where it went, account by account. */
@NullMarked
package it.socialies.console.traces;

import org.jspecify.annotations.NullMarked;
