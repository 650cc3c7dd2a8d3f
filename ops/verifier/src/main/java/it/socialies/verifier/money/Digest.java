// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 value as events carry it: four words, the first word first. */
record Digest(long w0, long w1, long w2, long w3) {
    static final Digest ZERO = new Digest(0, 0, 0, 0);

    /** The digest at an offset behind the message header. */
    static Digest at(Event event, int field) {
        return new Digest(event.i64At(field), event.i64At(field + 8), event.i64At(field + 16), event.i64At(field + 24));
    }

    /** The digest of what this one binds and of one more line of a settlement, as {@code ops/docs/commands.md} says. */
    Digest thenLine(long lineId, long merchantId, long programmeId, long amount, long netted) {
        ByteBuffer input = ByteBuffer.allocate(9 * Long.BYTES);
        for (long word : new long[] {w0, w1, w2, w3, lineId, merchantId, programmeId, amount, netted}) {
            input.putLong(word);
        }
        try {
            ByteBuffer output =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(input.array()));
            return new Digest(output.getLong(), output.getLong(), output.getLong(), output.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
