// SPDX-License-Identifier: EUPL-1.2
/** Load over HTTP as shops make it: at an arrival rate that waits for nobody, beside a server that does nothing. */
@NullMarked
package it.socialies.perf.http;

import org.jspecify.annotations.NullMarked;
