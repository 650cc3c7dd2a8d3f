// SPDX-License-Identifier: EUPL-1.2
/** The gateway's HTTP interface, as far as the console uses it. */
@NullMarked
package it.socialies.console.gateway;

import org.jspecify.annotations.NullMarked;
