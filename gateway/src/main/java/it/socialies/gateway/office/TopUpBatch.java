// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import it.socialies.gateway.security.Digest256;
import java.util.List;

/**
 * What a proposal TOP_UP_BATCH binds: programme, number of rows, total in cents, and the digest of the rows from the first on ({@link RowChain}).
 */
public record TopUpBatch(int circuitId, long programmeId, int rowCount, long total, Digest256 digest) {

    /**
     * The batch of some rows.
     *
     * @throws ArithmeticException when the total does not fit
     */
    public static TopUpBatch of(int circuitId, long programmeId, List<TopUp> rows) {
        long total = 0;
        for (TopUp topUp : rows) {
            total = Math.addExact(total, topUp.amount());
        }
        return new TopUpBatch(
                circuitId, programmeId, rows.size(), total, RowChain.of(0, rows).digestFrom(0));
    }
}
