// SPDX-License-Identifier: EUPL-1.2
/**
 * The local host of the core: command ring, core, commit log, replies, journal. {@code ClearingEngine} wires it; every stage is an agent that a test
 * can step by hand.
 */
@NullMarked
package it.socialies.engine.pipeline;

import org.jspecify.annotations.NullMarked;
