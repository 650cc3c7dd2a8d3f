// SPDX-License-Identifier: EUPL-1.2
/** The way of cents as a tree that people read. */
@NullMarked
package it.socialies.ops.traces;

import org.jspecify.annotations.NullMarked;
