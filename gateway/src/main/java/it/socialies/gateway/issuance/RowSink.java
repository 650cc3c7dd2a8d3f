// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/** Takes the rows without error, in file order, one at a time; nothing else holds on to them. */
@FunctionalInterface
public interface RowSink {
    void accept(RankingRow row);
}
