// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import java.time.LocalDate;

/**
 * What a treasurer's bank tells of one beneficiary of a mandate.
 *
 * @param mandate its number
 * @param beneficiary the beneficiary's place in the mandate, from 1
 * @param isPaid false: the payment was taken back
 */
public record MandatePayment(int year, long mandate, int beneficiary, boolean isPaid, long cents, LocalDate date) {}
