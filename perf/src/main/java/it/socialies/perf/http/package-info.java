// SPDX-License-Identifier: EUPL-1.2
/** Load over HTTP, as shops make it. */
@NullMarked
package it.socialies.perf.http;

import org.jspecify.annotations.NullMarked;
