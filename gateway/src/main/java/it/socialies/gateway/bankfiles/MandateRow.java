// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What accounting tells of one payment that it was asked for.
 *
 * @param reference of the payment
 * @param mandate number of the mandate that pays it
 * @param beneficiary the payment's place in the mandate, from 1
 * @param isPaid false: it was not paid; null: nothing is said
 * @param reason why not
 */
public record MandateRow(
        String reference,
        int year,
        long mandate,
        int beneficiary,
        long cents,
        @Nullable Boolean isPaid,
        @Nullable LocalDate date,
        @Nullable String reason) {}
