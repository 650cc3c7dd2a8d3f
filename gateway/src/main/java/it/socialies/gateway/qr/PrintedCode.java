// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import it.socialies.gateway.security.Crockford;
import it.socialies.gateway.security.KeyRing;
import it.socialies.gateway.security.KeyedHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Codes that somebody types and that prove themselves: Crockford's base 32 of four bytes card number and six bytes MAC, {@code 0000-05XR-D9F0-HT3W}. The MAC
 * is HMAC-SHA-256, truncated to 48 bits (RFC 2104 section 5), over what the code is good for and the card, so no table holds them and a database that is away or
 * lost does not matter. A guess is right once in 2.8 · 10^14, for whichever card. Read generously, as one-time codes are. May be called from any thread.
 */
public final class PrintedCode {
    /** Characters, without what groups them. */
    public static final int LENGTH = 16;

    /** What no card has. */
    public static final long NONE = 0;

    private static final int MAC_LENGTH = 6;
    private static final int CODE_BYTES = Integer.BYTES + MAC_LENGTH;
    private static final int GROUP = 4;

    /** What a code is good for; one is never taken for another. */
    public enum Use {
        /** On the hand-over sheet: blocks the card and does nothing else. */
        BLOCK(1),
        /** On the card: the card itself, where its QR code cannot be scanned. */
        CARD(2);

        private final byte tag;

        Use(int tag) {
            this.tag = (byte) tag;
        }
    }

    private final KeyedHash current;
    private final Collection<KeyedHash> all;

    /** @param keys the ring of {@code Secrets.Purpose.PRINTED_CODE}: the newest makes codes, all read them */
    public PrintedCode(KeyRing keys) {
        current = new KeyedHash(keys.current());
        all = keys.hashes().values();
    }

    /**
     * The code of a card.
     *
     * @throws IllegalArgumentException for a number that no card has
     */
    public String of(Use use, long cardId) {
        if (cardId <= NONE || cardId > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("no card has this number");
        }
        byte[] bytes = ByteBuffer.allocate(CODE_BYTES).putInt((int) cardId).array();
        System.arraycopy(mac(current, use, bytes), 0, bytes, Integer.BYTES, MAC_LENGTH);
        return Crockford.encode(bytes);
    }

    /** The same in groups of four, as people read it. */
    public String grouped(Use use, long cardId) {
        StringBuilder code = new StringBuilder(of(use, cardId));
        for (int i = LENGTH - GROUP; i > 0; i -= GROUP) {
            code.insert(i, '-');
        }
        return code.toString();
    }

    /** The card of a code; {@link #NONE} when it is not one of ours for this use, whatever else is wrong with it. */
    public long read(Use use, String typed) {
        String canonical = typed.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replace(" ", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        byte[] bytes = Crockford.decode(canonical, CODE_BYTES);
        if (bytes == null) {
            return NONE;
        }
        byte[] mac = Arrays.copyOfRange(bytes, Integer.BYTES, CODE_BYTES);
        boolean isOurs = false;
        for (KeyedHash key : all) {
            isOurs |= MessageDigest.isEqual(mac(key, use, bytes), mac);
        }
        return isOurs ? ByteBuffer.wrap(bytes).getInt() & 0xFFFF_FFFFL : NONE;
    }

    private static byte[] mac(KeyedHash key, Use use, byte[] code) {
        byte[] mac = key.bytes(new byte[] {use.tag}, Arrays.copyOf(code, Integer.BYTES));
        return Arrays.copyOf(mac, MAC_LENGTH);
    }
}
