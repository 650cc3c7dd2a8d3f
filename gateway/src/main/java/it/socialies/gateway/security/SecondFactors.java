// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.OptionalLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The operators' second factors: makes their secrets, seals them for the office database, and judges codes. Each code is good once: the step of the last one that was
 * used is kept, and only later steps count (RFC 6238, 5.2; OWASP ASVS 5.0, 6.5.1). May be called from any thread.
 */
public final class SecondFactors {
    private static final Logger LOG = LogManager.getLogger(SecondFactors.class);

    private final SecretBox box;
    private final SecureRandom random;
    private final Totp totp;
    private final SecondFactorPolicy policy;

    /** @param key of {@code Secrets.Purpose.SECOND_FACTOR} */
    public SecondFactors(KeyRing key, SecureRandom random, Totp totp, SecondFactorPolicy policy) {
        box = new SecretBox(key, random);
        this.random = random;
        this.totp = totp;
        this.policy = policy;
    }

    /**
     * A second factor as the office keeps it; prints without the secret.
     *
     * @param sealed the secret, encrypted
     * @param lastStep step of the last code that was used; 0 before the first
     */
    public record Stored(Buffer sealed, long lastStep) {
        @Override
        public String toString() {
            return "Stored[redacted]";
        }
    }

    /** Whether operators need one to do anything. */
    public boolean isRequired() {
        return policy == SecondFactorPolicy.REQUIRED;
    }

    /** A fresh secret. */
    public byte[] newSecret() {
        byte[] secret = new byte[Totp.SECRET_LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    /** A secret as it is kept. */
    public Buffer seal(byte[] secret, long operatorId) {
        return Buffer.buffer(box.seal(secret, operatorId));
    }

    /**
     * Judges a code.
     *
     * @return what to keep from now on, if nobody was faster: the step that is used up by this, and the secret under the newest key
     * @throws Refusal {@code SECOND_FACTOR_WRONG}, also for a code that was used before, or {@code SECOND_FACTOR_UNREADABLE}
     */
    public Stored use(Stored stored, long operatorId, String code) {
        byte[] sealed = stored.sealed().getBytes();
        byte[] secret;
        try {
            secret = box.open(sealed, operatorId);
        } catch (GeneralSecurityException e) {
            LOG.error("a second factor cannot be read: restore secrets/keys/second-factor.json from the backup");
            throw new Refusal(RefusalCode.SECOND_FACTOR_UNREADABLE);
        }
        OptionalLong step = totp.stepOf(secret, code);
        if (step.isEmpty() || step.getAsLong() <= stored.lastStep()) {
            throw new Refusal(RefusalCode.SECOND_FACTOR_WRONG);
        }
        return new Stored(box.isCurrent(sealed) ? stored.sealed() : seal(secret, operatorId), step.getAsLong());
    }
}
