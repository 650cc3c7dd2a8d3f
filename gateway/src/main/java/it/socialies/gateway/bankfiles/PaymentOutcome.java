// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a bank tells of one credit transfer.
 *
 * @param reference its EndToEndId
 * @param isPaid false: it came back
 * @param reason code of why it came back (ISO 20022 external code set)
 */
public record PaymentOutcome(
        String reference,
        boolean isPaid,
        long cents,
        LocalDate date,
        @Nullable String reason) {}
