// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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
     * Uses up a recovery code of an operator; its device is worth nothing from then on.
     *
     * @param unknown a secret that nobody has, sealed: it takes the place of the device's
     * @return whether it was one of the operator's, and good
     */
    Future<Boolean> recover(long operatorId, String recoveryCode, Buffer unknown);

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
