// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.notes;

import java.time.LocalDate;

/**
 * What a shop said of its note.
 *
 * @param number the shop's own
 * @param total cents
 * @param by who told it: {@code trm_…} or {@code opr_…}
 */
record Confirmation(String number, LocalDate date, long total, String by, long atMs) {}
