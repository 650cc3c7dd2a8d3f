// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.bytes;

import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli). Stateless. */
public final class Crc {
    private Crc() {}

    public static int of(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
