// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import it.socialies.gateway.security.KeyedHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which PINs reset at the desk another person looks into. It follows from the journal's record and a key that no operator has: the same for ever, foreseen by nobody,
 * chosen by nobody. May be used from any thread.
 */
public final class PinResetSample {
    private static final byte[] LABEL = "socialies pin reset sample".getBytes(StandardCharsets.US_ASCII);

    private final KeyedHash key;
    private final int oneIn;

    /** @param oneIn about one of so many, at least 1 */
    public PinResetSample(KeyedHash key, int oneIn) {
        if (oneIn < 1) {
            throw new IllegalArgumentException("ies.cards.pin-reset-sample is " + oneIn + ": at least 1");
        }
        this.key = key;
        this.oneIn = oneIn;
    }

    /** @param sequence record of the journal */
    boolean holds(long sequence) {
        byte[] mac = key.bytes(
                LABEL, ByteBuffer.allocate(Long.BYTES).putLong(sequence).array());
        return Long.remainderUnsigned(ByteBuffer.wrap(mac).getLong(), oneIn) == 0;
    }
}
