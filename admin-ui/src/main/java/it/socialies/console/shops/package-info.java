// SPDX-License-Identifier: EUPL-1.2
/** Shops, their outlets and terminals: takings, and what they are still owed. */
@NullMarked
package it.socialies.console.shops;

import org.jspecify.annotations.NullMarked;
