// SPDX-License-Identifier: EUPL-1.2
/**
 * The way into the engine for gateway threads: frames go to the command ring, replies come back to handlers. Nothing here waits for the core.
 */
@NullMarked
package it.socialies.engine.client;

import org.jspecify.annotations.NullMarked;
