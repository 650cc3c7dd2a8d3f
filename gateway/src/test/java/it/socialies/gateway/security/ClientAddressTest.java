// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {

    @Test
    void shouldCountAnIpv6NetworkAsOne() {
        assertThat(ClientAddress.key("2001:db8:1:2::1")).isEqualTo(ClientAddress.key("2001:db8:1:2:ffff::9"));
        assertThat(ClientAddress.key("2001:db8:1:2::1")).isNotEqualTo(ClientAddress.key("2001:db8:1:3::1"));
        assertThat(ClientAddress.key("192.0.2.1")).isNotEqualTo(ClientAddress.key("192.0.2.2"));
        assertThat(ClientAddress.key("no address")).isEqualTo("no address");
    }
}
