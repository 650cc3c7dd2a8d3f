// SPDX-License-Identifier: EUPL-1.2
/** Circuits, what persons may do in them, and the clock of the installation. */
@NullMarked
package it.socialies.gateway.circuits;

import org.jspecify.annotations.NullMarked;
