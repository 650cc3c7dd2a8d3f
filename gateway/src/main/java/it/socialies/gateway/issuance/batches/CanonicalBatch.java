// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.security.Digest256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What an approval binds: SHA-256 of {@code IES-AWARDS-1}, batch, programme, kind, act, digest of the file, then each row in file order with row, position, public code, person, size of the
 * household, outcome, reason, amount, award, wallet, card. Fields end with a unit separator (U+001F), the head and each row with a record separator (U+001E); UTF-8; unknown = empty. One thread.
 */
final class CanonicalBatch {
    private static final char UNIT = '\u001f';
    private static final char RECORD = '\u001e';

    private final MessageDigest sha256 = Digest256.newSha256();
    private final StringBuilder line = new StringBuilder(160);
    private int awards;
    private long totalCents;

    CanonicalBatch(Batch batch) {
        Buffer file = batch.fileDigest();
        add("IES-AWARDS-1");
        add(batch.batchId());
        add(batch.programmeId());
        add(batch.kind());
        add(batch.actReference());
        add(file == null ? null : Batch.hex(file));
        end();
    }

    void add(IssuanceRow row) {
        if (row.outcome() == Outcome.ADMITTED) {
            awards++;
            totalCents = Math.addExact(totalCents, row.amountCents());
        }
        add(row.rowNumber());
        add(row.position());
        add(row.publicCode());
        add(row.recordId());
        add(row.householdSize());
        add(row.outcome());
        add(row.reason());
        add(row.amountCents());
        add(row.award());
        add(row.walletId());
        add(row.cardId());
        end();
    }

    private void add(@Nullable Object value) {
        if (value != null) {
            line.append(value);
        }
        line.append(UNIT);
    }

    private void end() {
        sha256.update(line.append(RECORD).toString().getBytes(StandardCharsets.UTF_8));
        line.setLength(0);
    }

    int awards() {
        return awards;
    }

    long totalCents() {
        return totalCents;
    }

    /** Of all rows so far; none can be added afterwards. */
    Buffer digest() {
        return Buffer.buffer(sha256.digest());
    }
}
