// SPDX-License-Identifier: EUPL-1.2
/** The first page: how the circuit is doing today. */
@NullMarked
package it.socialies.console.dashboard;

import org.jspecify.annotations.NullMarked;
