// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** An installation's key, new each time, and what it signs. */
public final class TestSigner {
    private static final int COORDINATE_LENGTH = 32;

    private final PrivateKey key;
    private final String jwks;
    private final String keyId;

    public TestSigner() throws GeneralSecurityException, Malformed {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        key = pair.getPrivate();
        ECPublicKey known = (ECPublicKey) pair.getPublic();
        jwks = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                + coordinate(known.getW().getAffineX().toByteArray()) + "\",\"y\":\""
                + coordinate(known.getW().getAffineY().toByteArray()) + "\"}]}";
        keyId = KeySet.parse(jwks).thumbprints().iterator().next();
    }

    private static String coordinate(byte[] bytes) {
        byte[] fixed = new byte[COORDINATE_LENGTH];
        int length = Math.min(COORDINATE_LENGTH, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_LENGTH - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }

    /** Its public half, as a key set. */
    public String jwks() {
        return jwks;
    }

    /** The thumbprint of the key. */
    public String keyId() {
        return keyId;
    }

    /** Header, claims and signature. */
    public String signed(String header, String claims) throws GeneralSecurityException {
        String signed = base64(header) + '.' + base64(claims);
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(key);
        signer.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    }

    /** A checkpoint of a chain, in which nothing has moved yet. */
    public String checkpoint(long sequence, String chainHex) throws GeneralSecurityException {
        return signed(
                "{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\"}",
                "{\"format\":1,\"iss\":\"test\",\"time\":\"2027-03-01T08:00:00Z\",\"sequence\":" + sequence
                        + ",\"chain\":\"" + chainHex + "\",\"circuits\":[]}");
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
