// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import it.socialies.gateway.security.KeyedHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The till's own number of a sale, as the core keeps it: a keyed hash, since free text never enters the core. Threading: any. */
final class TerminalReferences {
    private final KeyedHash hash;

    TerminalReferences(KeyedHash hash) {
        this.hash = hash;
    }

    /** 64 bits that stand for a reference; 0 for none, and for nothing else. */
    long number(@Nullable String reference) {
        if (reference == null) {
            return 0;
        }
        long number = ByteBuffer.wrap(hash.bytes(reference.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return number == 0 ? 1 : number;
    }
}
