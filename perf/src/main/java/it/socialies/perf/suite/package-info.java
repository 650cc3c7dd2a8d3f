// SPDX-License-Identifier: EUPL-1.2
/** What all suites share: options, the way they hand in what they measured, and how it is shown. */
@NullMarked
package it.socialies.perf.suite;

import org.jspecify.annotations.NullMarked;
