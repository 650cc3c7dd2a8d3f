// SPDX-License-Identifier: EUPL-1.2
/** Short-lived processes beside the node, which take processor and disk only when nobody else wants them. */
@NullMarked
package it.socialies.engine.process;

import org.jspecify.annotations.NullMarked;
