// SPDX-License-Identifier: EUPL-1.2
/**
 * The primitive structures of the core. None of them allocates except while growing, iterates in an order that hashing decides, reads a clock or
 * is safe for more than one thread. Each grows by doubling up to a maximum given at the start; what lies beyond it is the caller's refusal to
 * give.
 */
@NullMarked
package it.socialies.engine.core.collections;

import org.jspecify.annotations.NullMarked;
