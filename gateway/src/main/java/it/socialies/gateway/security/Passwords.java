// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Password hashes: Argon2id (RFC 9106) with the OWASP Password Storage Cheat Sheet's minimum of 19 MiB, 2 passes, 1 lane, a 128-bit salt
 * and a 256-bit tag, written in the PHC string format so that parameters can grow. Each call takes some 50 ms and 19 MiB: never call it on
 * an event loop, only on a {@link BoundedWorker}. Passwords are normalised to NFKC first (NIST SP 800-63B 5.1.1.2).
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_LENGTH = 16;
    private static final int TAG_LENGTH = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d)\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

    private final SecureRandom random;

    public Passwords(SecureRandom random) {
        this.random = random;
    }

    /** Hashes a new password under a fresh salt. Blocks. */
    public String hash(String password) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        byte[] tag = argon2(password, salt, MEMORY_KIB, PASSES, LANES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + '$' + base64.encodeToString(salt)
                + '$' + base64.encodeToString(tag);
    }

    /**
     * Whether a password is the one behind a hash. Without a hash (an unknown user) it does the same work and says no, so that the time
     * taken tells nothing (OWASP ASVS 5.0, 6.3.8). Blocks.
     */
    public boolean verify(String password, @Nullable String phc) {
        if (phc == null) {
            argon2(password, new byte[SALT_LENGTH], MEMORY_KIB, PASSES, LANES);
            return false;
        }
        Matcher matcher = PHC.matcher(phc);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a password hash of ours");
        }
        byte[] tag = argon2(
                password,
                Base64.getDecoder().decode(matcher.group(4)),
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        return MessageDigest.isEqual(tag, Base64.getDecoder().decode(matcher.group(5)));
    }

    private static byte[] argon2(String password, byte[] salt, int memoryKib, int passes, int lanes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] bytes = Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        byte[] tag = new byte[TAG_LENGTH];
        try {
            generator.generateBytes(bytes, tag);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        return tag;
    }
}
