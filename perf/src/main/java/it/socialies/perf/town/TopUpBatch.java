// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import it.socialies.engine.core.approvals.BatchRows;
import it.socialies.engine.core.approvals.RowDigest;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.protocol.sbe.ExecuteTopUpsEncoder;
import java.util.Arrays;

/** A batch of top-ups of one amount: its rows in chunks, and the digests that bind them. Reusable: nothing in it belongs to one proposal. */
public final class TopUpBatch {
    /** No batch has more rows. */
    public static final int MAX_ROWS = 100_000;

    private final long[] walletIds;
    private final long cents;
    /** What follows each chunk; before the first, all rows. */
    private final Digest[] digestsToCome;

    /** @param walletIds at most {@link #MAX_ROWS} */
    public TopUpBatch(long[] walletIds, long cents) {
        this.walletIds = walletIds;
        this.cents = cents;
        digestsToCome = new Digest[chunks() + 1];
        RowDigest rows = new RowDigest();
        Digest digest = new Digest();
        digestsToCome[chunks()] = new Digest();
        for (int chunk = chunks() - 1; chunk >= 0; chunk--) {
            for (int row = firstRow(chunk + 1) - 1; row >= firstRow(chunk); row--) {
                rows.add(digest, walletIds[row], cents);
            }
            digestsToCome[chunk] = new Digest().set(digest.w0(), digest.w1(), digest.w2(), digest.w3());
        }
    }

    public int rows() {
        return walletIds.length;
    }

    public int chunks() {
        return Math.ceilDiv(walletIds.length, BatchRows.MAX);
    }

    public long totalCents() {
        return walletIds.length * cents;
    }

    /** The digest that a proposal names. */
    Digest digest() {
        return digestsToCome[0];
    }

    /** The command that executes a chunk. */
    public Message chunk(long proposalId, int chunk) {
        int first = firstRow(chunk);
        long[] wallets = Arrays.copyOfRange(walletIds, first, firstRow(chunk + 1));
        return Message.of(new ExecuteTopUpsEncoder(), command -> {
            command.proposalId(proposalId).firstRow(first);
            digestsToCome[chunk + 1].to(command.restDigest());
            ExecuteTopUpsEncoder.RowsEncoder rows = command.rowsCount(wallets.length);
            for (long walletId : wallets) {
                rows.next().walletId(walletId).amount(cents);
            }
        });
    }

    private int firstRow(int chunk) {
        return Math.min(chunk * BatchRows.MAX, walletIds.length);
    }
}
