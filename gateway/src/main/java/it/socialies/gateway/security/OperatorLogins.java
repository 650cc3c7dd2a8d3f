// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;
import java.util.Optional;

/** Where the operators' password hashes are: the office database. It knows who may try to log in, never what they may do. */
public interface OperatorLogins {

    /**
     * The login that a username can use now, in any case of letters. Fails with {@link RefusalCode#OFFICE_UNAVAILABLE} while the database is
     * away.
     */
    Future<Optional<OperatorLogin>> findActive(String username);

    /** @param passwordHash in PHC format, see {@link Passwords} */
    record OperatorLogin(long operatorId, String passwordHash) {
        @Override
        public String toString() {
            return "OperatorLogin[" + operatorId + ", redacted]";
        }
    }
}
