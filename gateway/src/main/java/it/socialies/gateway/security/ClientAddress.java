// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** How a client's address counts for rate limits: IPv4 whole, IPv6 by its /64, which is what one customer gets (RFC 6177). */
public final class ClientAddress {
    private static final int IPV6_NETWORK_LENGTH = 8;

    private ClientAddress() {}

    /** The key of a numeric address; any other text counts as itself. Never resolves a name. */
    public static String key(String hostAddress) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(hostAddress);
        if (bytes == null || bytes.length <= 4) {
            return hostAddress;
        }
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_LENGTH)) + "/64";
    }
}
