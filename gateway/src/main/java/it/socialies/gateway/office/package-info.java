// SPDX-License-Identifier: EUPL-1.2
/**
 * The office database: persons behind operators, their logins, the rows of batches, and the idempotency of requests that reach no further.
 * Payments do not need it: while it is away its users get {@code office_unavailable} and everything else goes on.
 */
@NullMarked
package it.socialies.gateway.office;

import org.jspecify.annotations.NullMarked;
