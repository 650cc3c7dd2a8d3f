// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The P-256 keys that sign tokens (ES256, RFC 7518 3.4), published as a JWK set (RFC 7517). The newest signs, all published verify; a key
 * hands over after {@link TokenSettings#keyRotationMs()} and stays published until the last token it signed has expired. Key ids are
 * thumbprints (RFC 7638). Reading is lock-free from any thread; {@link #signer} may write a file and blocks.
 *
 * <p>ES256 rather than EdDSA: both cost about the same in the JDK (0.5–0.7 ms to verify on the 2-core reference machine), and terminals
 * sign with ES256 already, so there is one algorithm to get right.
 */
public final class TokenKeys {
    private final Path file;
    private final TokenSettings settings;
    private volatile Ring ring;

    private TokenKeys(Path file, TokenSettings settings, Ring ring) {
        this.file = file;
        this.settings = settings;
        this.ring = ring;
    }

    static TokenKeys open(Path file, TokenSettings settings, long nowMs) {
        Ring ring;
        if (Files.exists(file)) {
            try {
                ring = Ring.of(JWKSet.parse(new String(SecretFiles.read(file), StandardCharsets.UTF_8))
                        .getKeys());
            } catch (ParseException | IllegalArgumentException | ClassCastException e) {
                // The cause may quote the key. Unlike the other secrets these can be made anew: tokens last minutes.
                throw new SecretsUnusableException(file + " is damaged: delete it, and everybody logs in again");
            }
        } else {
            ring = Ring.of(List.of(newKey(nowMs)));
            ring.write(file);
        }
        return new TokenKeys(file, settings, ring);
    }

    /** The signer of the newest key, after handing over to a new one when it is due. Blocks: call it on a worker. */
    Signer signer(long nowMs) {
        Ring current = ring;
        return isDue(current, nowMs) ? rotate(nowMs).signer : current.signer;
    }

    private boolean isDue(Ring current, long nowMs) {
        return nowMs - createdMs(current.keys.getFirst()) >= settings.keyRotationMs();
    }

    private synchronized Ring rotate(long nowMs) {
        if (isDue(ring, nowMs)) {
            List<ECKey> keys = new ArrayList<>();
            keys.add(newKey(nowMs));
            // What the hand-over retires may have signed a token just now; what was retired earlier goes when its
            // tokens have expired.
            long handOverMs = nowMs;
            for (ECKey key : ring.keys) {
                if (nowMs - handOverMs <= settings.longestLifeMs()) {
                    keys.add(key);
                }
                handOverMs = createdMs(key);
            }
            Ring next = Ring.of(keys);
            next.write(file);
            ring = next;
        }
        return ring;
    }

    /** The verifier of a published key, or null. */
    @Nullable
    ECDSAVerifier verifier(String keyId) {
        return ring.verifiers.get(keyId);
    }

    /** The published keys, without their secrets, for {@code /.well-known/jwks.json}; cheap. */
    public String publicJwks() {
        return ring.publicJwks;
    }

    static ECKey newKey(long nowMs) {
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

    /** Sorts keys by age and gives them back. */
    static List<ECKey> newestFirst(List<ECKey> keys) {
        keys.sort(Comparator.comparingLong(TokenKeys::createdMs).reversed());
        return keys;
    }

    /** Keys with their secrets, as they are kept. */
    static byte[] json(List<ECKey> keys) {
        return JSONObjectUtils.toJSONString(new JWKSet(List.copyOf(keys)).toJSONObject(false))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static long createdMs(ECKey key) {
        return JwtTime.ms(key.getIssueTime());
    }

    @Override
    public String toString() {
        return "TokenKeys" + ring.verifiers.keySet();
    }

    /** A key that signs and the id that tokens name it by. */
    record Signer(String keyId, ECDSASigner signer) {
        @Override
        public String toString() {
            return "Signer[" + keyId + "]";
        }
    }

    /** The keys at one moment, newest first. */
    private static final class Ring {
        private final List<ECKey> keys;
        private final Signer signer;
        private final Map<String, ECDSAVerifier> verifiers;
        private final String publicJwks;

        private Ring(List<ECKey> keys, Signer signer, Map<String, ECDSAVerifier> verifiers, String publicJwks) {
            this.keys = keys;
            this.signer = signer;
            this.verifiers = verifiers;
            this.publicJwks = publicJwks;
        }

        static Ring of(List<? extends JWK> unordered) {
            List<ECKey> keys = new ArrayList<>();
            for (JWK key : unordered) {
                keys.add((ECKey) key);
            }
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no key");
            }
            newestFirst(keys);
            try {
                Map<String, ECDSAVerifier> verifiers = new HashMap<>();
                for (ECKey key : keys) {
                    verifiers.put(key.getKeyID(), new ECDSAVerifier(key));
                }
                Signer signer = new Signer(keys.getFirst().getKeyID(), new ECDSASigner(keys.getFirst()));
                String publicJwks = JSONObjectUtils.toJSONString(new JWKSet(List.copyOf(keys)).toJSONObject(true));
                return new Ring(List.copyOf(keys), signer, Map.copyOf(verifiers), publicJwks);
            } catch (JOSEException e) {
                throw new IllegalArgumentException("a key that cannot sign", e);
            }
        }

        void write(Path file) {
            SecretFiles.write(file, json(keys));
        }
    }
}
