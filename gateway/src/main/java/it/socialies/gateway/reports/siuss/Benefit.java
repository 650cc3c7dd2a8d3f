// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

import java.time.LocalDate;

/**
 * What one person, or the wallet of nobody, was awarded out of a programme in a period, less what was taken back in it.
 *
 * @param whom number of a person in the vault, or of a wallet
 * @param isWallet nobody had the card then
 * @param cents may be negative: more was taken back than awarded
 * @param day of the first award in the period, in Italy
 */
record Benefit(long whom, boolean isWallet, long cents, LocalDate day) {}
