// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import it.socialies.gateway.security.Crockford;
import it.socialies.gateway.security.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Under which code an application appears in what is published. */
@FunctionalInterface
public interface PublicCodes {
    /** Short enough to be read aloud, long enough that two of 100,000 hardly ever meet. */
    int KEYED_BYTES = 10;

    String code(Application application);

    /** The application number itself: known to the applicant and the office only. */
    static PublicCodes numbers() {
        return Application::number;
    }

    /**
     * A keyed code in Crockford's base 32, where numbers could be recognised (a register that is public, numbers in the order of the queue). Only who holds the key can go back.
     *
     * @param call in which the applications were made: the same number has other codes in other calls
     */
    static PublicCodes keyed(KeyedHash key, String call) {
        byte[] prefix = (call + '\n').getBytes(StandardCharsets.UTF_8);
        return application -> Crockford.encode(
                Arrays.copyOf(key.bytes(prefix, application.number().getBytes(StandardCharsets.UTF_8)), KEYED_BYTES));
    }
}
