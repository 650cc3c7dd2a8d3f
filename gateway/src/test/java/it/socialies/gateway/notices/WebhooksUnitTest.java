// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signature, tries and targets of webhooks. */
class WebhooksUnitTest {

    /** The example of the reference libraries of Standard Webhooks. */
    @Test
    void shouldSignAsTheReferenceDoes() {
        byte[] secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(WebhookSignature.of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(WebhookSignature.text(secret)).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    @Test
    void shouldWaitLongerAfterEachTryAndAtMostADay() {
        assertThat(Retries.waitMs(1, 0.5)).isEqualTo(5_000);
        assertThat(Retries.waitMs(2, 0.5)).isEqualTo(20_000);
        assertThat(Retries.waitMs(2, 0)).isEqualTo(16_000);
        assertThat(Retries.waitMs(100, 0.5)).isEqualTo(86_400_000);
        long all = 0;
        for (int tries = 1; tries < Retries.TRIES_MAX; tries++) {
            all += Retries.waitMs(tries, 0);
        }
        assertThat(all).as("outlasts a receiver that is away for a day").isGreaterThan(2L * 86_400_000 * 4 / 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "2001::1"
            })
    void shouldNotKnockAtDoorsOfItsOwnNetwork(String address) throws Exception {
        assertThat(Targets.isPublic(InetAddress.getAllByName(address)[0])).isFalse();
        assertThat(new Targets(false).resolve(address)).isEmpty();
        assertThat(new Targets(true).resolve(address)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2001:4860:4860::8888"})
    void shouldKnowTheInternet(String address) throws Exception {
        assertThat(Targets.isPublic(InetAddress.getAllByName(address)[0])).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/", "http://127.0.0.1/", "ftp://example.org/", "https:///x",
                        "https://u:p@example.org/",
                "https://example.org/#x", "example.org", "file:///etc/passwd", "https://exa mple.org/", ""
            })
    void shouldRefuseWhatIsNoAddressOfAWebhook(String url) {
        assertThat(new Targets(false).parse(url)).isEmpty();
    }

    @Test
    void shouldAllowPlainHttpToTheMachineWhereThatIsSet() {
        assertThat(new Targets(true).parse("http://127.0.0.1:8080/x")).isPresent();
        assertThat(new Targets(true).parse("http://10.0.0.1/x")).isEmpty();
        assertThat(new Targets(false).parse("https://example.org:8443/x?y=z")).isPresent();
    }
}
