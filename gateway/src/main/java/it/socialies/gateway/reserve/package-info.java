// SPDX-License-Identifier: EUPL-1.2
/** The euro reserve, and IES issued and redeemed against it. */
@NullMarked
package it.socialies.gateway.reserve;

import org.jspecify.annotations.NullMarked;
