// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Map;

/**
 * A terminal's public key on P-256, as a JWK outside (RFC 7517) and as 64 bytes, x then y, in the core. A point off the curve is refused
 * (RFC 8725 3.4), so no key agreement can be led astray.
 */
public final class TerminalKey {
    private static final int COORDINATE_LENGTH = 32;

    private final ECKey key;

    private TerminalKey(ECKey key) {
        this.key = key;
    }

    /**
     * Reads a JWK.
     *
     * @throws Refusal {@code PUBLIC_KEY_INVALID}: not a public P-256 key, off the curve, or with its secret in it
     */
    public static TerminalKey ofJwk(Map<String, Object> jwk) {
        try {
            ECKey key = ECKey.parse(jwk);
            if (!Curve.P_256.equals(key.getCurve()) || key.isPrivate()) {
                throw new Refusal(RefusalCode.PUBLIC_KEY_INVALID);
            }
            return ofPoint(join(key.getX().decode(), key.getY().decode()));
        } catch (ParseException | IllegalStateException | IllegalArgumentException e) {
            throw new Refusal(RefusalCode.PUBLIC_KEY_INVALID);
        }
    }

    /**
     * Reads x then y.
     *
     * @throws Refusal {@code PUBLIC_KEY_INVALID}
     */
    public static TerminalKey ofPoint(byte[] point) {
        if (point.length != 2 * COORDINATE_LENGTH) {
            throw new Refusal(RefusalCode.PUBLIC_KEY_INVALID);
        }
        try {
            return new TerminalKey(new ECKey.Builder(
                            Curve.P_256,
                            Base64URL.encode(Arrays.copyOfRange(point, 0, COORDINATE_LENGTH)),
                            Base64URL.encode(Arrays.copyOfRange(point, COORDINATE_LENGTH, point.length)))
                    .build());
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new Refusal(RefusalCode.PUBLIC_KEY_INVALID);
        }
    }

    /** x then y, 32 big-endian bytes each. */
    public byte[] toPoint() {
        return join(key.getX().decode(), key.getY().decode());
    }

    ECPublicKey toPublicKey() throws JOSEException {
        return key.toECPublicKey();
    }

    private static byte[] join(byte[] x, byte[] y) {
        if (x.length != COORDINATE_LENGTH || y.length != COORDINATE_LENGTH) {
            throw new IllegalArgumentException("a coordinate has 32 bytes");
        }
        byte[] point = Arrays.copyOf(x, 2 * COORDINATE_LENGTH);
        System.arraycopy(y, 0, point, COORDINATE_LENGTH, COORDINATE_LENGTH);
        return point;
    }
}
