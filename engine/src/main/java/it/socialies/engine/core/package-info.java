// SPDX-License-Identifier: EUPL-1.2
/** The deterministic state machine that decides commands and applies events. {@code ops/docs/commands.md} is its specification. */
@NullMarked
package it.socialies.engine.core;

import org.jspecify.annotations.NullMarked;
