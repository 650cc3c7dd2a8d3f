// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where webhooks may go: to HTTPS on the Internet, so that nobody makes the node knock at doors of its own network. A setting lets them go to private networks too, and to plain HTTP on the machine itself. May be called from any thread.
 */
final class Targets {
    private final boolean isPrivateAllowed;

    Targets(boolean isPrivateAllowed) {
        this.isPrivateAllowed = isPrivateAllowed;
    }

    /** The address, when it is one that webhooks may have; names are looked up at every try only. */
    Optional<URI> parse(String text) {
        try {
            URI url = new URI(text);
            String host = url.getHost();
            if (host == null || url.getUserInfo() != null || url.getFragment() != null) {
                return Optional.empty();
            }
            boolean isPlain = isPrivateAllowed && "http".equals(url.getScheme()) && isLoopback(host);
            return "https".equals(url.getScheme()) || isPlain ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    /** An address to connect to. If one of a name's addresses is forbidden all are. Blocks. */
    Optional<InetAddress> resolve(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        return isPrivateAllowed || Arrays.stream(all).allMatch(Targets::isPublic)
                ? Optional.of(all[0])
                : Optional.empty();
    }

    /** Whether an address is one of the Internet, by the registries of special addresses (RFC 6890). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = Byte.toUnsignedInt(bytes[0]);
        int second = Byte.toUnsignedInt(bytes[1]);
        if (address instanceof Inet4Address) {
            return first != 0
                    && first < 240
                    && !(first == 100 && second >= 64 && second < 128)
                    && !(first == 192 && second == 0)
                    && !(first == 198 && (second == 18 || second == 19));
        }
        // Global unicast, without what carries an IPv4 address (6to4, Teredo) and the rest of 2001::/23.
        return address instanceof Inet6Address
                && (first & 0xe0) == 0x20
                && !(first == 0x20 && second == 0x02)
                && !(first == 0x20 && second == 0x01 && Byte.toUnsignedInt(bytes[2]) < 2);
    }
}
