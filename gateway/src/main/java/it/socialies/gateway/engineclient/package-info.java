// SPDX-License-Identifier: EUPL-1.2
/**
 * Between Vert.x and the engine: frames go in from an event loop, replies come back to the same one. Nothing here waits.
 */
@NullMarked
package it.socialies.gateway.engineclient;

import org.jspecify.annotations.NullMarked;
