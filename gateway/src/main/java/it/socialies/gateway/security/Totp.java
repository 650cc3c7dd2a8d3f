// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time codes as every authenticator app makes them: RFC 6238 with HMAC-SHA-1, six digits and steps of 30 seconds. The step before and the one to come
 * count too, for clocks that differ and people who type slowly (RFC 6238, 5.2).
 *
 * <p>The clock is the machine's, never the installation's: an app knows nothing of a sandbox whose clock was moved. May be called from any thread.
 */
public final class Totp {
    /** Bytes of a secret: as many as the hash has (RFC 4226, 4, R6). */
    public static final int SECRET_LENGTH = 20;

    public static final int DIGITS = 6;
    public static final Duration STEP = Duration.ofSeconds(30);

    private static final int STEPS_EITHER_SIDE = 1;

    private final InstantSource wallClock;
    private final HmacOneTimePasswordGenerator generator = new HmacOneTimePasswordGenerator(DIGITS);

    public Totp(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /** The step that is running, counted from the epoch. */
    public long currentStep() {
        return Math.floorDiv(wallClock.millis(), STEP.toMillis());
    }

    /** The code of a step. */
    public String code(byte[] secret, long step) {
        try {
            return generator.generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"), step, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest step near now that a typed code belongs to; empty when it is of none. Takes the same time for every code. */
    OptionalLong stepOf(byte[] secret, String typed) {
        long now = currentStep();
        byte[] bytes = typed.getBytes(StandardCharsets.UTF_8);
        OptionalLong found = OptionalLong.empty();
        for (long step = now - STEPS_EITHER_SIDE; step <= now + STEPS_EITHER_SIDE; step++) {
            if (MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), bytes)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }
}
