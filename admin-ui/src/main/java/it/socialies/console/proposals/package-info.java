// SPDX-License-Identifier: EUPL-1.2
/** What one person proposed and another decided: the acts behind the money. */
@NullMarked
package it.socialies.console.proposals;

import org.jspecify.annotations.NullMarked;
