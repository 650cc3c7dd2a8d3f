// SPDX-License-Identifier: EUPL-1.2
/** A ledger in plain Postgres, two ways, and the pipeline: the same payments, the same durability, on the same machine in the same run. */
@NullMarked
package it.socialies.perf.postgres;

import org.jspecify.annotations.NullMarked;
