// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the operators' password hashes are: the office database. It knows who may try to log in, never what they may do. */
public interface OperatorLogins {

    /**
     * The login that a username can use now, in any case of letters. Fails with {@link RefusalCode#OFFICE_UNAVAILABLE} while the database is
     * away.
     */
    Future<Optional<OperatorLogin>> findActive(String username);

    /**
     * Keeps what a code has used up.
     *
     * @param before as {@link #findActive} told it
     * @param used as {@link SecondFactors#use} gave it
     * @return whether it was still as before; otherwise somebody else used a code meanwhile
     */
    Future<Boolean> keepUsed(long operatorId, SecondFactors.Stored before, SecondFactors.Stored used);

    /**
     * @param passwordHash in PHC format, see {@link Passwords}
     * @param secondFactor null when the operator has none
     */
    record OperatorLogin(long operatorId, String passwordHash, SecondFactors.@Nullable Stored secondFactor) {
        @Override
        public String toString() {
            return "OperatorLogin[" + operatorId + ", redacted]";
        }
    }
}
