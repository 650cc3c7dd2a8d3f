// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.zstd;

/** Bytes that are no Zstandard frame, or one that needs what is not supported here: dictionaries. */
public final class ZstdMalformed extends Exception {
    ZstdMalformed(String message) {
        super(message);
    }
}
