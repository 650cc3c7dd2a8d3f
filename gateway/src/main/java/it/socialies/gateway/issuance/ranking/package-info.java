// SPDX-License-Identifier: EUPL-1.2
/**
 * A ranking by published criteria: the same applications give the same ranking in whatever order they come, and anybody can compute it again. Works on application
 * numbers and figures only; no name comes in here.
 */
@NullMarked
package it.socialies.gateway.issuance.ranking;

import org.jspecify.annotations.NullMarked;
