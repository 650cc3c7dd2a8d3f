// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.json.JsonObject;

/**
 * Cents of a hold in a line of a settlement, or paid back by the shop. Immutable.
 *
 * @param lineId 0 when the shop paid them back beside the settlements
 * @param cents at least 1
 * @param end where they are
 */
record LinePart(long lineId, long cents, JsonObject end) {}
