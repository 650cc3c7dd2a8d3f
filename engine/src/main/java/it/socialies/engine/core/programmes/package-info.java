// SPDX-License-Identifier: EUPL-1.2
/** Programmes: what a public body gives money for, from when until when, at which shops. */
@NullMarked
package it.socialies.engine.core.programmes;

import org.jspecify.annotations.NullMarked;
