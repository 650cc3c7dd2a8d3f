// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

import it.socialies.console.text.Ids;

/** Who sent a command: an operator, a terminal, a card's holder, or the system itself. */
public record Actor(PrincipalKind kind, long id) {
    /** What happens when its time has come, without anybody's command. */
    public static final Actor SYSTEM = new Actor(PrincipalKind.SYSTEM, 0);

    public static Actor operator(long operatorId) {
        return new Actor(PrincipalKind.OPERATOR, operatorId);
    }

    /** {@code opr_3}, {@code trm_2} or {@code crd_9}; nothing for the system. */
    public String publicId() {
        return switch (kind) {
            case OPERATOR -> Ids.OPERATOR.format(id);
            case TERMINAL -> Ids.TERMINAL.format(id);
            case HOLDER -> Ids.CARD.format(id);
            case SYSTEM, SERVICE -> "";
        };
    }
}
