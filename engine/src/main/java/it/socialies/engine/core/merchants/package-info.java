// SPDX-License-Identifier: EUPL-1.2
/** Merchants, outlets, terminals and what merchants are owed. */
@NullMarked
package it.socialies.engine.core.merchants;

import org.jspecify.annotations.NullMarked;
