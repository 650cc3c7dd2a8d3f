// SPDX-License-Identifier: EUPL-1.2
/** What one person proposes and another approves: one mechanism for all of it. */
@NullMarked
package it.socialies.gateway.proposals;

import org.jspecify.annotations.NullMarked;
