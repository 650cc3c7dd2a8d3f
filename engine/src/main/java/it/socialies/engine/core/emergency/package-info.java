// SPDX-License-Identifier: EUPL-1.2
/** The one exception from two persons: what one operator gives at once out of a fund set apart, and another person reviews afterwards. */
@NullMarked
package it.socialies.engine.core.emergency;

import org.jspecify.annotations.NullMarked;
