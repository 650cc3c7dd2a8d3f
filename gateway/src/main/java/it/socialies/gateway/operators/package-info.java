// SPDX-License-Identifier: EUPL-1.2
/** Operators: proposed, approved, activated. */
@NullMarked
package it.socialies.gateway.operators;

import org.jspecify.annotations.NullMarked;
