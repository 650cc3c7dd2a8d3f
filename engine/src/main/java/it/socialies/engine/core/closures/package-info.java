// SPDX-License-Identifier: EUPL-1.2
/** The end of a wallet: its holder died or left. */
@NullMarked
package it.socialies.engine.core.closures;

import org.jspecify.annotations.NullMarked;
