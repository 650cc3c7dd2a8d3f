// SPDX-License-Identifier: EUPL-1.2
/** The clearing core alone: how long a command takes, and that it makes no garbage. */
@NullMarked
package it.socialies.perf.core;

import org.jspecify.annotations.NullMarked;
