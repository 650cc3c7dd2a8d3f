// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import it.socialies.gateway.security.Digest256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The draw that decides between applications which all criteria leave equal. The key of one is SHA-256 of the seed, a colon and its number, in UTF-8; the smallest key comes first. The seed stands
 * in the act before the applications are known, so nobody can steer it and everybody can check it: {@code printf '%s' 'SEED:NUMBER' | sha256sum}.
 *
 * @param seed from the act, as it is printed there
 */
public record PublicDraw(String seed) {
    public PublicDraw {
        if (seed.isBlank()) {
            throw new IllegalArgumentException("a draw needs the seed of its act");
        }
    }

    /** The key as people compare it, 64 hexadecimal digits. */
    public String key(String applicationNumber) {
        return HexFormat.of().formatHex(bytes(applicationNumber));
    }

    private byte[] bytes(String applicationNumber) {
        return Digest256.newSha256().digest((seed + ':' + applicationNumber).getBytes(StandardCharsets.UTF_8));
    }

    /** Below zero when the first application comes first. */
    int compare(Application first, Application second) {
        int byKey = Arrays.compareUnsigned(bytes(first.number()), bytes(second.number()));
        return byKey != 0 ? byKey : first.number().compareTo(second.number());
    }
}
