// SPDX-License-Identifier: EUPL-1.2
/** The process: gateway and engine in one JVM, wired in one place. The only package that knows both sides. */
@NullMarked
package it.socialies.gateway.node;

import org.jspecify.annotations.NullMarked;
