// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

/** Where a line is on its way to the shop. */
enum LinePlace {
    OPEN,
    ORDERED,
    PAID
}
