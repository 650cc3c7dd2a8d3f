// SPDX-License-Identifier: EUPL-1.2
/** Where cents came from and where they went, both ways; the rule is in {@code ops/docs/traces.md}. */
@NullMarked
package it.socialies.gateway.traces;

import org.jspecify.annotations.NullMarked;
