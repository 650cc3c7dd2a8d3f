// SPDX-License-Identifier: EUPL-1.2
/** A page with plots out of result files. */
@NullMarked
package it.socialies.perf.report;

import org.jspecify.annotations.NullMarked;
