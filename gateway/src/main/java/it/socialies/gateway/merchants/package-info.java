// SPDX-License-Identifier: EUPL-1.2
/** Shops, their outlets and terminals. */
@NullMarked
package it.socialies.gateway.merchants;

import org.jspecify.annotations.NullMarked;
