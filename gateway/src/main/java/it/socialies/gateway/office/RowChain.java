// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import it.socialies.gateway.security.Digest256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * Rows of a top-up batch from some row to the last, each bound with all that follow it ({@code ops/docs/commands.md}): the digest behind the last row
 * is 32 zero bytes, that from a row on is SHA-256(digest from the next row on ‖ walletId ‖ amount), big-endian. Immutable.
 */
public final class RowChain {
    private final int firstRow;
    private final List<TopUp> rows;

    /** One digest per row, and the zeros behind the last. */
    private final byte[] digests;

    private RowChain(int firstRow, List<TopUp> rows) {
        this.firstRow = firstRow;
        this.rows = List.copyOf(rows);
        digests = new byte[(rows.size() + 1) * Digest256.LENGTH];
        MessageDigest sha256 = Digest256.newSha256();
        ByteBuffer fields = ByteBuffer.allocate(2 * Long.BYTES);
        for (int i = rows.size() - 1; i >= 0; i--) {
            TopUp row = rows.get(i);
            fields.clear().putLong(row.walletId()).putLong(row.amount());
            sha256.update(digests, (i + 1) * Digest256.LENGTH, Digest256.LENGTH);
            System.arraycopy(sha256.digest(fields.array()), 0, digests, i * Digest256.LENGTH, Digest256.LENGTH);
        }
    }

    /** The rows of a batch from {@code firstRow} (0 = the first) to its last. */
    public static RowChain of(int firstRow, List<TopUp> rows) {
        return new RowChain(firstRow, rows);
    }

    /** At most {@code limit} rows from {@code row} on; none when the chain does not hold it. */
    public List<TopUp> rows(int row, int limit) {
        int from = row - firstRow;
        return from < 0 || from >= rows.size() ? List.of() : rows.subList(from, Math.min(from + limit, rows.size()));
    }

    /** What binds the rows from {@code row} on; zeros behind the last row. */
    public Digest256 digestFrom(int row) {
        return Digest256.of(ByteBuffer.wrap(digests), (row - firstRow) * Digest256.LENGTH);
    }
}
