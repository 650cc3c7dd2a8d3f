// SPDX-License-Identifier: EUPL-1.2
/** What was measured: the rows of a suite, the machine, and the file they are kept in. */
@NullMarked
package it.socialies.perf.result;

import org.jspecify.annotations.NullMarked;
