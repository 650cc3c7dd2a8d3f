// SPDX-License-Identifier: EUPL-1.2
/** What every part of the gateway shares: who calls, how identifiers and amounts look, how a failure is told. Depends on nothing else of the gateway. */
@NullMarked
package it.socialies.gateway.api;

import org.jspecify.annotations.NullMarked;
