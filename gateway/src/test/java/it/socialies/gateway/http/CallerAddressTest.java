// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerAddressTest {
    private final CallerAddress behindProxies = new CallerAddress(List.of("10.0.0.1", "10.0.0.2"));
    private final CallerAddress alone = new CallerAddress(List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.1 | 203.0.113.5                       | 203.0.113.5
            10.0.0.1 | 203.0.113.5, 10.0.0.2             | 203.0.113.5
            10.0.0.1 | 192.0.2.99, 203.0.113.5           | 203.0.113.5
            10.0.0.1 | 192.0.2.99, 203.0.113.5, 10.0.0.2 | 203.0.113.5
            10.0.0.1 | 2001:db8::5                       | 2001:db8::5
            10.0.0.1 | unknown                           | 10.0.0.1
            10.0.0.1 | 203.0.113.5, <script>             | 10.0.0.1
            10.0.0.1 | 203.0.113.5:1234                  | 10.0.0.1
            10.0.0.9 | 203.0.113.5                       | 10.0.0.9
            """)
    void shouldBelieveOwnProxiesAndNoFurther(String peer, String forwardedFor, String caller) {
        assertThat(behindProxies.of(peer, List.of(forwardedFor))).isEqualTo(caller);
        assertThat(alone.of(peer, List.of(forwardedFor))).isEqualTo(peer);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1,10.0.0.1", "198.51.100.7,198.51.100.7"})
    void shouldTakeWhoConnectsWhenNothingIsSaid(String peer, String caller) {
        assertThat(behindProxies.of(peer, List.of())).isEqualTo(caller);
    }
}
