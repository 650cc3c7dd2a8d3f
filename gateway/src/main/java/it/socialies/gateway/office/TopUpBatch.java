// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import it.socialies.gateway.security.Digest256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * What a proposal TOP_UP_BATCH binds: programme, number of rows, total in cents, and the chained digest of the rows in order ({@code
 * ops/docs/commands.md}): D₀ = 32 zero bytes, Dᵢ₊₁ = SHA-256(Dᵢ ‖ walletId ‖ amount), big-endian.
 */
public record TopUpBatch(int circuitId, long programmeId, int rowCount, long total, Digest256 digest) {

    /**
     * The batch of some rows.
     *
     * @throws ArithmeticException when the total does not fit
     */
    public static TopUpBatch of(int circuitId, long programmeId, List<TopUp> rows) {
        MessageDigest sha256 = Digest256.newSha256();
        ByteBuffer row = ByteBuffer.allocate(2 * Long.BYTES);
        byte[] digest = new byte[Digest256.LENGTH];
        long total = 0;
        for (TopUp topUp : rows) {
            total = Math.addExact(total, topUp.amount());
            row.clear().putLong(topUp.walletId()).putLong(topUp.amount());
            sha256.update(digest);
            digest = sha256.digest(row.array());
        }
        return new TopUpBatch(circuitId, programmeId, rows.size(), total, Digest256.of(digest));
    }
}
