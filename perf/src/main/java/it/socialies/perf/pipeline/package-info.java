// SPDX-License-Identifier: EUPL-1.2
/** The engine without gateway: commands in, durable answers out. */
@NullMarked
package it.socialies.perf.pipeline;

import org.jspecify.annotations.NullMarked;
