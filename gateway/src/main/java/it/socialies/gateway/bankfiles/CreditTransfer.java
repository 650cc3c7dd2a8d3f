// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import org.jspecify.annotations.Nullable;

/**
 * One credit transfer in euro. Prints as nothing.
 *
 * @param reference the EndToEndId, at most 35 characters of the SEPA set: what statements name
 * @param creditor name of who is paid
 * @param iban without spaces
 * @param bic null where none is known
 * @param cents greater than 0
 * @param remittance what it is for, at most 140 characters
 */
public record CreditTransfer(
        String reference,
        String creditor,
        String iban,
        @Nullable String bic,
        long cents,
        String remittance) {
    @Override
    public String toString() {
        return "CreditTransfer[redacted]";
    }
}
