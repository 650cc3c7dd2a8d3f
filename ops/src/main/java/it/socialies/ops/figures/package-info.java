// SPDX-License-Identifier: EUPL-1.2
/** The cents of one circuit, as each witness counts them: own sums, gateway, journal, Postgres. */
@NullMarked
package it.socialies.ops.figures;

import org.jspecify.annotations.NullMarked;
