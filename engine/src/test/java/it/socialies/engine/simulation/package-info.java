// SPDX-License-Identifier: EUPL-1.2
/**
 * The whole engine in one simulated world: real stages stepped one at a time, with order, clock, clients, disk, Postgres and their faults drawn from one
 * 64-bit seed. The same seed gives the same world; a violation prints it.
 */
@NullMarked
package it.socialies.engine.simulation;

import org.jspecify.annotations.NullMarked;
