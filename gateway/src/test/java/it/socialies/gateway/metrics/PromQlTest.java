// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.gateway.metrics.PromQl.Matching;
import it.socialies.gateway.metrics.PromQl.Selector;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
    @Test
    void shouldFindEveryMetricWithItsMatchersAndEveryLabelItGroupsBy() {
        PromQl read = PromQl.parse("""
                histogram_quantile(0.99, sum by (le, route) (rate(a_bucket{status=~"2..", method="GET"}[5m])))
                  / on (instance) group_left (circuit) (b{x!="1e3"} offset 1h) > bool 1e3 and time() - c > 2 * 60""");

        assertThat(read.selectors())
                .containsExactly(
                        new Selector(
                                "a_bucket",
                                Map.of("status", new Matching("=~", "2.."), "method", new Matching("=", "GET"))),
                        new Selector("b", Map.of("x", new Matching("!=", "1e3"))),
                        new Selector("c", Map.of()));
        assertThat(read.groupings()).containsExactly("circuit", "instance", "le", "route");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ratee(a[5m])",
                "rate(a[5m]",
                "rate(a[5m]))",
                "sum by (le rate(a[5m])",
                "{status=\"5xx\"}",
                "a{status}",
                "a{status=5}",
                "rate",
                "a ? b"
            })
    void shouldRefuseWhatIsNoExpression(String text) {
        assertThatThrownBy(() -> PromQl.parse(text)).isInstanceOf(AssertionError.class);
    }
}
