// SPDX-License-Identifier: EUPL-1.2
/** Rules of programmes: drafted, rehearsed on what was paid, put in force by two people. */
@NullMarked
package it.socialies.gateway.rules;

import org.jspecify.annotations.NullMarked;
