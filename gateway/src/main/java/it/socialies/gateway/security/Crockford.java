// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base 32 in Crockford's alphabet: no I, L, O or U, so it can be read aloud, and every character is in the QR code's compact alphanumeric
 * set (ISO/IEC 18004 7.4.4). One value has one spelling: unused low bits are zero and a decoder checks it.
 */
public final class Crockford {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;
    private static final byte[] VALUES = values();

    private Crockford() {}

    /** Characters that so many bytes take. */
    public static int encodedLength(int byteCount) {
        return Math.ceilDiv(byteCount * Byte.SIZE, BITS);
    }

    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(encodedLength(bytes.length));
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = ((buffer << Byte.SIZE) | (b & 0xff)) & 0xfff;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt((buffer >>> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((buffer << (BITS - bits)) & 31));
        }
        return text.toString();
    }

    /** The bytes, or null when the text is not exactly what {@link #encode} writes for so many bytes. */
    public static byte @Nullable [] decode(CharSequence text, int byteCount) {
        if (text.length() != encodedLength(byteCount)) {
            return null;
        }
        byte[] bytes = new byte[byteCount];
        int buffer = 0;
        int bits = 0;
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c < VALUES.length ? VALUES[c] : -1;
            if (value < 0) {
                return null;
            }
            buffer = ((buffer << BITS) | value) & 0xfff;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes[next++] = (byte) (buffer >>> bits);
            }
        }
        return (buffer & ((1 << bits) - 1)) == 0 ? bytes : null;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }
}
