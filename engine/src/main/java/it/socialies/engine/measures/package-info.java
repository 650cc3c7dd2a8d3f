// SPDX-License-Identifier: EUPL-1.2
/**
 * What the stages of the engine count about themselves for whoever watches them. Counting allocates nothing and takes no lock; reading is up to the
 * host, which knows how figures are published.
 */
@NullMarked
package it.socialies.engine.measures;

import org.jspecify.annotations.NullMarked;
