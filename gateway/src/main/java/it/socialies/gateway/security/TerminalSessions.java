// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The keys that terminals and gateway agree on with each token, so that a payment is authenticated by an HMAC of a microsecond and not a
 * signature: ECDH on P-256 between the terminal's enrolled key and a fresh one of ours, then HKDF-SHA-256 (RFC 5869) salted with the
 * session id, which is the token's id. A session lives as long as its token and only in this memory; a terminal whose session is gone gets
 * another token. Bounded: the least used go first. May be called from any thread.
 */
public final class TerminalSessions {
    private static final byte[] INFO = "socialies terminal session 1".getBytes(StandardCharsets.UTF_8);
    private static final int KEY_LENGTH = 32;
    private static final String MAC_ALGORITHM = "HmacSHA256";

    private final Cache<String, Session> sessions;

    /** @param sessionsMax sessions remembered */
    public TerminalSessions(InstallationClock clock, int sessionsMax) {
        sessions = Caffeine.newBuilder()
                .maximumSize(sessionsMax)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.nowMs()))
                .expireAfter(Expiry.<String, Session>creating(
                        (id, session) -> Duration.ofMillis(Math.max(0, session.expiresMs() - clock.nowMs()))))
                .executor(Runnable::run)
                .build();
    }

    /** Opens the session of a token and tells our half. Blocks for half a millisecond: call it on a worker. */
    Map<String, Object> open(Principal principal, TerminalKey terminalKey)
            throws JOSEException, GeneralSecurityException {
        ECKey own = new ECKeyGenerator(Curve.P_256).generate();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.toECPrivateKey());
        agreement.doPhase(terminalKey.toPublicKey(), true);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
        hkdf.init(new HKDFParameters(
                agreement.generateSecret(), principal.tokenId().getBytes(StandardCharsets.UTF_8), INFO));
        byte[] key = new byte[KEY_LENGTH];
        hkdf.generateBytes(key, 0, KEY_LENGTH);
        sessions.put(principal.tokenId(), new Session(new SecretKeySpec(key, MAC_ALGORITHM), principal.expiresMs()));
        return own.toPublicJWK().toJSONObject();
    }

    /**
     * Checks the MAC of a request under its token's session, in constant time.
     *
     * @param parts what the MAC covers, in order
     * @throws Refusal {@code SESSION_UNKNOWN}: get another token; {@code MAC_INVALID}
     */
    public void requireMac(Principal principal, byte[] mac, byte[]... parts) {
        Session session = sessions.getIfPresent(principal.tokenId());
        if (session == null) {
            throw new Refusal(RefusalCode.SESSION_UNKNOWN);
        }
        if (!MessageDigest.isEqual(hmac(session.key(), parts), mac)) {
            throw new Refusal(RefusalCode.MAC_INVALID);
        }
    }

    private static byte[] hmac(SecretKey key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Session(SecretKey key, long expiresMs) {
        @Override
        public String toString() {
            return "Session[redacted]";
        }
    }
}
