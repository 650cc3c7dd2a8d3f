// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.api;

import static it.socialies.fuzzing.Judgement.require;

import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Identifiers: one number has one spelling, of one kind; any number comes back; what is none is "not found" and nothing else. */
public final class IdsFuzz implements FuzzTarget {
    private static final int RADIX = 36;

    @Override
    public void test(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int kinds = 0;
        for (Ids kind : Ids.values()) {
            long number = kind.read(text);
            if (number != Ids.INVALID) {
                kinds++;
                require(number >= 0 && kind.format(number).equals(text), "one spelling");
            } else {
                require(!isOne(kind, text), "an identifier is read");
            }
            require(
                    isNamed(kind, text) == (number > 0 && (kind != Ids.CIRCUIT || number <= Integer.MAX_VALUE)),
                    "what can be named");
        }
        require(kinds <= 1, "one kind");
        if (input.length == Long.BYTES) {
            long number = ByteBuffer.wrap(input).getLong() & Long.MAX_VALUE;
            for (Ids kind : Ids.values()) {
                require(kind.read(kind.format(number)) == number, "a number comes back");
            }
        }
    }

    /** The rule once more, by other means. */
    private static boolean isOne(Ids kind, String text) {
        String prefix = kind.format(0).substring(0, 4);
        if (!text.startsWith(prefix) || !text.substring(4).matches("0|[1-9a-z][0-9a-z]{0,12}")) {
            return false;
        }
        return new BigInteger(text.substring(4), RADIX).bitLength() < Long.SIZE;
    }

    private static boolean isNamed(Ids kind, String text) {
        try {
            return kind.parse(text) > 0;
        } catch (ProblemException e) {
            return false;
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts(
                "cir_1",
                "cir_zik0zj",
                "cir_zik0zk",
                "pay_1y2p0ij32e8e7",
                "pay_1y2p0ij32e8e8",
                "wal_0",
                "wal_01",
                "crd_A",
                "trf_zzzzzzzzzzzzz",
                "acc_\u0661",
                "12345678");
    }
}
