// SPDX-License-Identifier: EUPL-1.2
/** {@code ops/ies trace-durability}: the system calls of a real node, which show that no answer leaves before its record is on the disk. */
@NullMarked
package it.socialies.ops.torture.trace;

import org.jspecify.annotations.NullMarked;
