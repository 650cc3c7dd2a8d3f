// SPDX-License-Identifier: EUPL-1.2
/** A town of realistic size as the stage of measurements, built through the product's own commands. */
@NullMarked
package it.socialies.perf.town;

import org.jspecify.annotations.NullMarked;
