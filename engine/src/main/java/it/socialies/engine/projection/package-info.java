// SPDX-License-Identifier: EUPL-1.2
/** Follows the journal and writes it into Postgres as rows, exactly once. Payments never wait for it. */
@NullMarked
package it.socialies.engine.projection;

import org.jspecify.annotations.NullMarked;
