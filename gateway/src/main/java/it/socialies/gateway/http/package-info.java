// SPDX-License-Identifier: EUPL-1.2
/**
 * What every request goes through, whatever it asks: limits, identity, validation against the contract, and how answers and failures are written. Resources
 * hang on an {@link it.socialies.gateway.http.Api} and know nothing of it.
 */
@NullMarked
package it.socialies.gateway.http;

import org.jspecify.annotations.NullMarked;
