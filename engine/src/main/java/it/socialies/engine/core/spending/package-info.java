// SPDX-License-Identifier: EUPL-1.2
/** What was drawn from pockets on which day, in which week and month, and at which shop. */
@NullMarked
package it.socialies.engine.core.spending;

import org.jspecify.annotations.NullMarked;
