// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Keys on P-256 and their JWK form (RFC 7517). */
public final class P256 {
    private static final String CURVE = "secp256r1";
    private static final int COORDINATE_BYTES = 32;

    private P256() {}

    public static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256", e);
        }
    }

    public static JsonObject toJwk(PublicKey key) {
        ECPoint point = ((ECPublicKey) key).getW();
        return new JsonObject()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", encode(point.getAffineX()))
                .put("y", encode(point.getAffineY()));
    }

    static KeyPair keyPair(JsonObject publicJwk, String privatePkcs8) {
        try {
            byte[] encoded = Base64.getDecoder().decode(privatePkcs8);
            return new KeyPair(
                    fromJwk(publicJwk), KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key pair on P-256", e);
        }
    }

    static PublicKey fromJwk(JsonObject jwk) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(CURVE));
        ECPoint point = new ECPoint(decode(jwk.getString("x")), decode(jwk.getString("y")));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static String encode(BigInteger coordinate) {
        byte[] bytes = coordinate.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        // toByteArray may begin with a sign byte, and omits leading zeros.
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }

    private static BigInteger decode(String coordinate) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(coordinate));
    }
}
