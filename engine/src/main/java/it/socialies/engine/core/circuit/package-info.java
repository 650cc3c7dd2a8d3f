// SPDX-License-Identifier: EUPL-1.2
/** The installation, its circuits with reserve and IES, operators and their roles, tariffs and transfers. */
@NullMarked
package it.socialies.engine.core.circuit;

import org.jspecify.annotations.NullMarked;
