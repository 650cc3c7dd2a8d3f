// SPDX-License-Identifier: EUPL-1.2
/** How fast Postgres follows the journal. */
@NullMarked
package it.socialies.perf.projection;

import org.jspecify.annotations.NullMarked;
