// SPDX-License-Identifier: EUPL-1.2
/** {@code ops/run}: starts Postgres and the node, watches them, stops them. */
@NullMarked
package it.socialies.ops.run;

import org.jspecify.annotations.NullMarked;
