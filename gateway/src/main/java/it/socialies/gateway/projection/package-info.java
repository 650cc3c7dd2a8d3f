// SPDX-License-Identifier: EUPL-1.2
/** Lists, read from the replica of the journal in Postgres. Single things are read from the core, but for payments that have left it. When Postgres is away, only lists are. */
@NullMarked
package it.socialies.gateway.projection;

import org.jspecify.annotations.NullMarked;
