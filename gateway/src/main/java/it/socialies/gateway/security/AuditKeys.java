// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;

/**
 * The P-256 key that signs checkpoints and nothing else (ES256, RFC 7515): one key, one purpose. It is kept for ever, because what it signed is
 * looked at years later. Whoever has it, and the data folder, can write another history and sign it: what that cannot change is a checkpoint
 * that was kept elsewhere. May be used from any thread; prints only its key id.
 */
public final class AuditKeys {
    /** Tells a checkpoint from every other thing that is signed (RFC 8725, 3.11). */
    public static final String TYPE = "ies-checkpoint+jws";

    private final ECKey key;
    private final ECDSASigner signer;
    private final String publicJwks;

    private AuditKeys(ECKey key) {
        this.key = key;
        try {
            signer = new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a key that cannot sign", e);
        }
        publicJwks = JSONObjectUtils.toJSONString(new JWKSet(key).toJSONObject(true));
    }

    /** @param signedBefore whether checkpoints exist, so that a missing file is a loss and not a first start */
    static AuditKeys open(Path file, boolean signedBefore, long nowMs) {
        if (!Files.exists(file) && !signedBefore) {
            ECKey key = newKey(nowMs);
            SecretFiles.write(
                    file,
                    JSONObjectUtils.toJSONString(new JWKSet(key).toJSONObject(false))
                            .getBytes(StandardCharsets.UTF_8));
            return new AuditKeys(key);
        }
        try {
            List<JWK> keys = JWKSet.parse(new String(SecretFiles.read(file), StandardCharsets.UTF_8))
                    .getKeys();
            return new AuditKeys((ECKey) keys.getFirst());
        } catch (ParseException | IllegalArgumentException | ClassCastException | IndexOutOfBoundsException e) {
            // The cause may quote the key.
            throw new SecretsUnusableException(file + " is damaged: restore it from the backup");
        }
    }

    private static ECKey newKey(long nowMs) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .issueTime(JwtTime.of(nowMs))
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JDK cannot make P-256 keys", e);
        }
    }

    /** Signs; the answer is a compact JWS. Takes about a millisecond. */
    public String sign(String json) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(TYPE))
                .keyID(key.getKeyID())
                .build();
        JWSObject jws = new JWSObject(header, new Payload(json));
        try {
            jws.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("the audit key cannot sign", e);
        }
        return jws.serialize();
    }

    /** The public key as a JWK set. */
    public String publicJwks() {
        return publicJwks;
    }

    @Override
    public String toString() {
        return "AuditKeys[" + key.getKeyID() + "]";
    }
}
