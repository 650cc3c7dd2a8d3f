// SPDX-License-Identifier: EUPL-1.2
/** Who holds which office for a time, and who leaves: roles granted by a dated act, their end, retirements. */
@NullMarked
package it.socialies.engine.core.operators;

import org.jspecify.annotations.NullMarked;
