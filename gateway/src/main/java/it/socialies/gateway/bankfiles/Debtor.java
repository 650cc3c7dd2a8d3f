// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import org.jspecify.annotations.Nullable;

/**
 * Who pays.
 *
 * @param iban without spaces
 * @param bic null where none is known
 * @param cuc Codice Univoco CBI, which the Italian variant needs; null elsewhere
 */
public record Debtor(
        String name,
        String iban,
        @Nullable String bic,
        @Nullable String cuc) {}
