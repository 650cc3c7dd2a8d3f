// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.checkpoint;

import it.socialies.verifier.bytes.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Public keys on P-256 out of a JWK set (RFC 7517), by their own thumbprints (RFC 7638): what the set calls them does not count. Keys of other kinds are passed over.
 * Immutable.
 */
public final class KeySet {
    private static final int COORDINATE_LENGTH = 32;

    private final Map<String, PublicKey> keys;

    private KeySet(Map<String, PublicKey> keys) {
        this.keys = keys;
    }

    /** Reads a set. */
    public static KeySet parse(String text) throws Malformed {
        Map<String, PublicKey> keys = new HashMap<>();
        for (Json key : Json.parse(text).get("keys").elements()) {
            if (key.has("kty")
                    && key.text("kty").equals("EC")
                    && key.has("crv")
                    && key.text("crv").equals("P-256")) {
                keys.put(thumbprint(key.text("x"), key.text("y")), publicKey(key.text("x"), key.text("y")));
            }
        }
        if (keys.isEmpty()) {
            throw new Malformed("no key on P-256 in the set");
        }
        return new KeySet(keys);
    }

    /** The thumbprints of its keys. */
    public Set<String> thumbprints() {
        return Set.copyOf(keys.keySet());
    }

    private static String thumbprint(String x, String y) {
        String canonical = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.newDigest().digest(canonical.getBytes(StandardCharsets.US_ASCII)));
    }

    private static PublicKey publicKey(String x, String y) throws Malformed {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECPoint point = new ECPoint(coordinate(x), coordinate(y));
            return KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Malformed("a key that is no point of P-256", e);
        }
    }

    private static BigInteger coordinate(String text) throws Malformed {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != COORDINATE_LENGTH) {
            throw new Malformed("a coordinate of " + bytes.length + " bytes");
        }
        return new BigInteger(1, bytes);
    }

    /**
     * Whether the key of this thumbprint signed these bytes with ES256; why not, else null.
     *
     * @param signature r and s, 32 bytes each
     */
    @Nullable
    String refusal(String thumbprint, byte[] signed, byte[] signature) {
        PublicKey key = keys.get(thumbprint);
        if (key == null) {
            return "no key of these has the id " + thumbprint;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature) ? null : "the key " + thumbprint + " did not sign these bytes";
        } catch (GeneralSecurityException e) {
            return "the signature is none: " + e.getMessage();
        }
    }
}
