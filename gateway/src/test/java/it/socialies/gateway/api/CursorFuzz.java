// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.api;

import static it.socialies.fuzzing.Judgement.require;

import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Cursors of lists: any position comes back; what no list gave out is refused, naming the field. */
public final class CursorFuzz implements FuzzTarget {
    private static final int RADIX = 36;

    @Override
    public void test(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            long position = Cursor.parse(text);
            require(isOne(text) && position == new BigInteger(text, RADIX).longValueExact(), "read as what it says");
            require(Cursor.format(position).equals(text), "one spelling");
        } catch (ProblemException e) {
            require(
                    e.errors().size() == 1
                            && "cursor".equals(e.errors().getFirst().field()),
                    "the field is named");
            require(!isOne(text), "a cursor is read");
        }
        if (input.length == Long.BYTES) {
            long position = ByteBuffer.wrap(input).getLong() & Long.MAX_VALUE;
            require(Cursor.parse(Cursor.format(position)) == position, "a position comes back");
        }
    }

    /** The rule once more, by other means. */
    private static boolean isOne(String text) {
        return text.matches("0|[1-9a-z][0-9a-z]{0,12}") && new BigInteger(text, RADIX).bitLength() < Long.SIZE;
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts(
                "0", "1", "zz", "1y2p0ij32e8e7", "1y2p0ij32e8e8", "01", "-1", "+1", "A", "\u0661", "", "12345678");
    }
}
