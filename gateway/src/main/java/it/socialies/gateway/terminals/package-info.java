// SPDX-License-Identifier: EUPL-1.2
/** Terminals: registered with a code, enrolled with a key, revoked. */
@NullMarked
package it.socialies.gateway.terminals;

import org.jspecify.annotations.NullMarked;
