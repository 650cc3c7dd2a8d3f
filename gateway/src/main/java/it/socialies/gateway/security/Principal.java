// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import java.util.Set;

/**
 * Who a verified token speaks for. Immutable.
 *
 * @param kind OPERATOR, TERMINAL or HOLDER
 * @param id operator, terminal or card number in the core
 * @param circuitId the circuit the token is good for; 0 for the operators of the installation itself
 * @param roles roles of an operator when the token was issued (the core checks them again at each command); empty for others
 * @param walletId wallet of a holder's card; 0 for others
 * @param tokenId the token's {@code jti}
 * @param issuedMs when the token was issued, installation time, whole seconds
 * @param expiresMs when the token ends, installation time
 */
public record Principal(
        PrincipalKind kind,
        long id,
        int circuitId,
        Set<OperatorRole> roles,
        long walletId,
        String tokenId,
        long issuedMs,
        long expiresMs) {

    public Principal {
        roles = Set.copyOf(roles);
    }

    public boolean has(OperatorRole role) {
        return roles.contains(role);
    }

    /** Whether it is an operator who must enrol a second factor before anything else: its token tells no role. */
    public boolean mayOnlyEnrol() {
        return kind == PrincipalKind.OPERATOR && roles.isEmpty();
    }

    /** The identifier outside: {@code opr_…}, {@code trm_…} or {@code crd_…}; also a good key for rate limits. */
    public String subject() {
        return idsOf(kind).format(id);
    }

    /** The identifiers of a kind that can hold a token. */
    static Ids idsOf(PrincipalKind kind) {
        return switch (kind) {
            case OPERATOR -> Ids.OPERATOR;
            case TERMINAL -> Ids.TERMINAL;
            case HOLDER -> Ids.CARD;
            default -> throw new IllegalArgumentException("no tokens for " + kind);
        };
    }
}
