// SPDX-License-Identifier: EUPL-1.2
/** Programmes that are valid longer than they were to be, and the pockets that get back what their end took. */
@NullMarked
package it.socialies.engine.core.extensions;

import org.jspecify.annotations.NullMarked;
