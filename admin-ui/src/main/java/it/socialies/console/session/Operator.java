// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.session;

import it.socialies.console.gateway.OperatorToken;
import it.socialies.console.text.Ids;
import java.security.Principal;
import java.util.Set;

/**
 * Who is logged in. Prints and compares without the token.
 *
 * @param username what was typed at login
 * @param circuitId the circuit of all that this operator sees; 0 for operators of the installation
 * @param circuitName as the gateway tells it
 * @param roles words of {@link Role}
 * @param secondFactor what is known of it since the login
 * @param token kept on the server; never sent to the browser
 */
public record Operator(
        String username,
        long operatorId,
        int circuitId,
        String circuitName,
        Set<String> roles,
        SecondFactor secondFactor,
        OperatorToken token)
        implements Principal {
    public Operator {
        roles = Set.copyOf(roles);
    }

    /** Whether an operator has a second factor. */
    public enum SecondFactor {
        NONE,
        ACTIVE,
        /** None, and without one the gateway lets this operator do nothing else than enrol one. */
        MISSING
    }

    /**
     * Who a token stands for.
     *
     * @param byCode whether a code was needed to get it
     */
    public static Operator of(String username, OperatorToken token, String circuitName, boolean byCode) {
        return new Operator(
                username,
                Ids.OPERATOR.parse(token.operatorId()).orElse(0),
                Math.toIntExact(Ids.CIRCUIT.parse(token.circuitId()).orElse(0)),
                circuitName,
                Set.copyOf(token.roles()),
                secondFactor(token, byCode),
                token);
    }

    private static SecondFactor secondFactor(OperatorToken token, boolean byCode) {
        if (token.isLimited()) {
            return SecondFactor.MISSING;
        }
        return byCode ? SecondFactor.ACTIVE : SecondFactor.NONE;
    }

    @Override
    public String getName() {
        return username;
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    @Override
    public String toString() {
        return Ids.OPERATOR.format(operatorId);
    }
}
