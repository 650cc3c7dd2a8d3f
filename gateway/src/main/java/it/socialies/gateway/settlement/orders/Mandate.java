// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

/**
 * A payment of the municipality's accounting (mandato di pagamento).
 *
 * @param year of the budget
 * @param beneficiary its place in the mandate, from 1
 */
public record Mandate(int year, long number, int beneficiary) {
    /** As people write it: {@code 1042/2026}, of others than the first beneficiary {@code 1042/2026-2}. */
    public String text() {
        return number + "/" + year + (beneficiary > 1 ? "-" + beneficiary : "");
    }
}
