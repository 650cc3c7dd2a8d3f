// SPDX-License-Identifier: EUPL-1.2
/** Measurements of the running product, and the reports of them. */
@NullMarked
package it.socialies.perf;

import org.jspecify.annotations.NullMarked;
