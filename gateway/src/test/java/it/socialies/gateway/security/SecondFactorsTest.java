// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.security.SecondFactors.Stored;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Secrets of second factors under a key of the installation, and codes that count once. */
class SecondFactorsTest {
    private static final long OPERATOR = 7;
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final KeyRing firstKey = KeyRing.create(random);
    private long nowS = 1_234_567_890;
    private final Totp totp = new Totp(() -> Instant.ofEpochSecond(nowS));

    @Test
    void shouldKeepNoSecretReadable() {
        Buffer sealed = under(firstKey).seal(SECRET, OPERATOR);
        assertThat(sealed.toString(StandardCharsets.ISO_8859_1)).doesNotContain("1234567890");
        assertThat(sealed).isNotEqualTo(under(firstKey).seal(SECRET, OPERATOR));
        assertThat(under(firstKey).newSecret())
                .hasSize(20)
                .isNotEqualTo(under(firstKey).newSecret());
    }

    @Test
    void shouldTakeEachCodeOnceAndNoneOfBefore() {
        SecondFactors factors = under(firstKey);
        Stored fresh = new Stored(factors.seal(SECRET, OPERATOR), 0);
        Stored used = factors.use(fresh, OPERATOR, code(0));
        assertThat(used.lastStep()).isEqualTo(totp.currentStep());
        assertThat(refused(factors, used, OPERATOR, code(0))).isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        assertThat(refused(factors, used, OPERATOR, code(-1))).isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        assertThat(factors.use(used, OPERATOR, code(1)).lastStep()).isEqualTo(totp.currentStep() + 1);
    }

    @Test
    void shouldBelieveOnlyWhatThisInstallationSealedForThisOperator() {
        Stored mine = new Stored(under(firstKey).seal(SECRET, OPERATOR), 0);
        assertThat(refused(under(firstKey), mine, OPERATOR + 1, code(0)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_UNREADABLE);
        assertThat(refused(under(KeyRing.create(random)), mine, OPERATOR, code(0)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_UNREADABLE);
        for (int i = 0; i < mine.sealed().length(); i++) {
            byte[] altered = mine.sealed().getBytes();
            altered[i] ^= 1;
            assertThat(refused(under(firstKey), new Stored(Buffer.buffer(altered), 0), OPERATOR, code(0)))
                    .as("byte %d", i)
                    .isEqualTo(RefusalCode.SECOND_FACTOR_UNREADABLE);
        }
        assertThat(refused(under(firstKey), new Stored(Buffer.buffer(new byte[] {1}), 0), OPERATOR, code(0)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_UNREADABLE);
    }

    @Test
    void shouldMoveASecretUnderTheNewestKeyWhenItIsUsed() {
        KeyRing both = firstKey.withNewVersion(random);
        Stored old = new Stored(under(firstKey).seal(SECRET, OPERATOR), 0);
        Stored used = under(both).use(old, OPERATOR, code(0));
        nowS += 30;
        assertThat(under(both.without(1)).use(used, OPERATOR, code(0)).lastStep())
                .isEqualTo(totp.currentStep());
        assertThat(refused(under(both.without(1)), old, OPERATOR, code(0)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_UNREADABLE);
    }

    private SecondFactors under(KeyRing key) {
        return new SecondFactors(key, random, totp, SecondFactorPolicy.OPTIONAL);
    }

    private String code(int stepsFromNow) {
        return totp.code(SECRET, totp.currentStep() + stepsFromNow);
    }

    private static RefusalCode refused(SecondFactors factors, Stored stored, long operatorId, String code) {
        Refusal[] refusal = new Refusal[1];
        assertThatThrownBy(() -> factors.use(stored, operatorId, code))
                .isInstanceOfSatisfying(Refusal.class, thrown -> refusal[0] = thrown);
        return refusal[0].code();
    }
}
