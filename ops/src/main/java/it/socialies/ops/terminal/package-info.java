// SPDX-License-Identifier: EUPL-1.2
/** What the command line shows: tables and progress. */
@NullMarked
package it.socialies.ops.terminal;

import org.jspecify.annotations.NullMarked;
