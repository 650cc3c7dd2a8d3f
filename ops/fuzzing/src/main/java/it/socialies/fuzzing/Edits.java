// SPDX-License-Identifier: EUPL-1.2
package it.socialies.fuzzing;

import java.util.Arrays;

/**
 * Changes to bytes that an input describes instead of holding: so a large good file, or one under a key that only this process knows, can be damaged in
 * ways that another process repeats. A script is a row of edits: kind (1 byte), offset (3, big-endian, taken modulo the length), count (1), then as many bytes for
 * the kinds that bring some. Stateless.
 */
public final class Edits {
    private static final int HEADER_LENGTH = 5;
    private static final int KINDS = 5;

    private Edits() {}

    /** The bytes after all edits; the same array when there is none. */
    public static byte[] apply(byte[] good, byte[] script, int from) {
        byte[] bytes = good;
        int at = from;
        while (at + HEADER_LENGTH <= script.length && bytes.length > 0) {
            int kind = Byte.toUnsignedInt(script[at]) % KINDS;
            int offset = (((script[at + 1] & 0xFF) << 16) + ((script[at + 2] & 0xFF) << 8) + (script[at + 3] & 0xFF))
                    % bytes.length;
            int count = script[at + 4] & 0xFF;
            at += HEADER_LENGTH;
            byte[] brought =
                    kind < 3 ? Arrays.copyOfRange(script, at, Math.min(script.length, at + count)) : new byte[0];
            at += brought.length;
            bytes = switch (kind) {
                case 0 -> overwritten(bytes, offset, brought);
                case 1 -> flipped(bytes, offset, brought);
                case 2 -> replaced(bytes, offset, 0, brought);
                case 3 -> replaced(bytes, offset, count, brought);
                default -> Arrays.copyOf(bytes, offset);
            };
        }
        return bytes;
    }

    /** An edit as a script, for seeds. */
    public static byte[] script(int kind, int offset, int... values) {
        byte[] script = new byte[HEADER_LENGTH + values.length];
        script[0] = (byte) kind;
        script[1] = (byte) (offset >>> 16);
        script[2] = (byte) (offset >>> 8);
        script[3] = (byte) offset;
        script[4] = (byte) values.length;
        for (int i = 0; i < values.length; i++) {
            script[HEADER_LENGTH + i] = (byte) values[i];
        }
        return script;
    }

    private static byte[] overwritten(byte[] bytes, int offset, byte[] brought) {
        byte[] copy = bytes.clone();
        System.arraycopy(brought, 0, copy, offset, Math.min(brought.length, copy.length - offset));
        return copy;
    }

    private static byte[] flipped(byte[] bytes, int offset, byte[] brought) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < brought.length && offset + i < copy.length; i++) {
            copy[offset + i] ^= brought[i];
        }
        return copy;
    }

    private static byte[] replaced(byte[] bytes, int offset, int removed, byte[] brought) {
        int rest = Math.min(bytes.length, offset + removed);
        byte[] changed = Arrays.copyOf(bytes, offset + brought.length + bytes.length - rest);
        System.arraycopy(brought, 0, changed, offset, brought.length);
        System.arraycopy(bytes, rest, changed, offset + brought.length, bytes.length - rest);
        return changed;
    }
}
