// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** The public keys of an installation, saved when they were known to be its own, for the signatures of its checkpoints. Immutable. */
public final class CheckpointKeys {
    /** Tells a checkpoint from every other thing that the same keys might sign (RFC 8725, 3.11). */
    private static final JOSEObjectType TYPE = new JOSEObjectType("ies-checkpoint+jws");

    private final JWKSet keys;

    private CheckpointKeys(JWKSet keys) {
        this.keys = keys;
    }

    /**
     * Reads a JWK set (RFC 7517), as a node publishes it.
     *
     * @throws CheckpointUnusable when it is none
     */
    public static CheckpointKeys read(Path file) throws IOException {
        try {
            return new CheckpointKeys(JWKSet.parse(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (ParseException e) {
            throw new CheckpointUnusable(file + ": non contiene chiavi (JWKS) | no set of keys (JWKS)", e);
        }
    }

    /** What is wrong with a signature, in English; null when it is good. */
    @Nullable
    String fault(JWSObject jws) {
        JWSHeader header = jws.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || !TYPE.equals(header.getType())) {
            return "it is signed as " + header.getType() + " with " + header.getAlgorithm() + ", not as " + TYPE
                    + " with ES256";
        }
        JWK key = header.getKeyID() == null ? null : keys.getKeyByKeyId(header.getKeyID());
        if (!(key instanceof ECKey ecKey)) {
            return "no key of these has the id " + header.getKeyID();
        }
        try {
            return jws.verify(new ECDSAVerifier(ecKey))
                    ? null
                    : "the key " + header.getKeyID() + " did not sign these bytes";
        } catch (JOSEException e) {
            return "the key " + header.getKeyID() + " is none for ES256";
        }
    }
}
