// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.Crockford;
import it.socialies.gateway.security.KeyRing;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;

/**
 * The text in a card's QR code: {@code IES1}, then in Crockford's base 32 one byte key id, four bytes circuit, sixteen bytes card token,
 * twelve bytes MAC. The MAC is HMAC-SHA-256, truncated to 96 bits (RFC 2104 section 5), over all that precedes it, so cards cannot be made
 * up and the core is asked about genuine ones only. A copied card is a copy: that is what the PIN is for. 57 characters, all of the QR
 * code's alphanumeric set. May be called from any thread.
 */
public final class CardPayload {
    private static final String PREFIX = "IES";
    private static final String VERSION_1 = "IES1";
    private static final int MAC_LENGTH = 12;
    private static final int SIGNED_LENGTH = 1 + Integer.BYTES + CardToken.LENGTH;
    private static final byte[] VERSION_1_BYTES = VERSION_1.getBytes(StandardCharsets.US_ASCII);

    private final int currentKeyId;
    private final KeyedHash currentKey;
    private final Map<Integer, KeyedHash> keys;

    /** @param keys the ring of {@code Secrets.Purpose.QR_MAC} */
    public CardPayload(KeyRing keys) {
        currentKeyId = keys.currentVersion();
        currentKey = new KeyedHash(keys.current());
        this.keys = keys.hashes();
    }

    /** The payload of a card, under the newest key. */
    public String of(int circuitId, CardToken token) {
        byte[] bytes = ByteBuffer.allocate(SIGNED_LENGTH + MAC_LENGTH)
                .put((byte) currentKeyId)
                .putInt(circuitId)
                .put(token.toBytes())
                .array();
        byte[] mac = mac(currentKey, bytes);
        System.arraycopy(mac, 0, bytes, SIGNED_LENGTH, MAC_LENGTH);
        return VERSION_1 + Crockford.encode(bytes);
    }

    /**
     * Reads what a scanner saw.
     *
     * @throws Refusal {@code QR_NOT_OURS} (some other code), {@code QR_VERSION_UNKNOWN} (of a later version of this program), {@code
     *     QR_MALFORMED} (misread), {@code QR_KEY_UNKNOWN} (of another installation) or {@code QR_FORGED}
     */
    public ScannedCard read(String text) {
        if (!text.startsWith(PREFIX) || text.length() <= PREFIX.length()) {
            throw new Refusal(RefusalCode.QR_NOT_OURS);
        }
        if (!text.startsWith(VERSION_1)) {
            char version = text.charAt(PREFIX.length());
            throw new Refusal(
                    version >= '0' && version <= '9' ? RefusalCode.QR_VERSION_UNKNOWN : RefusalCode.QR_NOT_OURS);
        }
        byte[] bytes = Crockford.decode(text.substring(VERSION_1.length()), SIGNED_LENGTH + MAC_LENGTH);
        if (bytes == null) {
            throw new Refusal(RefusalCode.QR_MALFORMED);
        }
        KeyedHash key = keys.get(bytes[0] & 0xff);
        if (key == null) {
            throw new Refusal(RefusalCode.QR_KEY_UNKNOWN);
        }
        if (!MessageDigest.isEqual(mac(key, bytes), Arrays.copyOfRange(bytes, SIGNED_LENGTH, bytes.length))) {
            throw new Refusal(RefusalCode.QR_FORGED);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        return new ScannedCard(buffer.getInt(), new CardToken(buffer.getLong(), buffer.getLong()));
    }

    private static byte[] mac(KeyedHash key, byte[] bytes) {
        byte[] mac = key.bytes(VERSION_1_BYTES, Arrays.copyOf(bytes, SIGNED_LENGTH));
        return Arrays.copyOf(mac, MAC_LENGTH);
    }
}
