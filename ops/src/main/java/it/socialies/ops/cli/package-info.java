// SPDX-License-Identifier: EUPL-1.2
/** {@code ops/ies}: the command line. */
@NullMarked
package it.socialies.ops.cli;

import org.jspecify.annotations.NullMarked;
