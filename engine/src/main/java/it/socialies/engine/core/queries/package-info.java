// SPDX-License-Identifier: EUPL-1.2
/** Queries: what the core answers about itself, to whom. */
@NullMarked
package it.socialies.engine.core.queries;

import org.jspecify.annotations.NullMarked;
