// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import it.socialies.gateway.security.Crockford;
import it.socialies.gateway.security.KeyedHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Under which name somebody stands in a publication list: a keyed code of the person, the circuit and the year. Without the key nothing leads from it to a card, a tax code, or the code of another year. May be called from any thread.
 */
final class PublicationCode {
    private static final byte[] PURPOSE = "publication list\0".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 10;
    private static final int GROUP = 4;

    private final KeyedHash hash;

    PublicationCode(KeyedHash hash) {
        this.hash = hash;
    }

    /** @param isWallet whether the number is a wallet's that nobody holds, else a holder's */
    String of(int circuitId, int year, boolean isWallet, long number) {
        byte[] whom = ByteBuffer.allocate(2 * Integer.BYTES + 1 + Long.BYTES)
                .putInt(circuitId)
                .putInt(year)
                .put((byte) (isWallet ? 1 : 0))
                .putLong(number)
                .array();
        String code = Crockford.encode(Arrays.copyOf(hash.bytes(PURPOSE, whom), BYTES));
        StringBuilder text = new StringBuilder().append(year);
        for (int i = 0; i < code.length(); i += GROUP) {
            text.append('-').append(code, i, i + GROUP);
        }
        return text.toString();
    }
}
