// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.proposals;

import it.socialies.console.ledger.Coded;

/** What a second natural person must approve. */
public enum ProposalKind implements Coded {
    APPOINT_OPERATOR(1),
    PUBLISH_PROGRAMME(2),
    MOVE_FUND(3),
    TOP_UP(4),
    TOP_UP_BATCH(5),
    MOVE_RESERVE(6),
    ISSUE_IES(7),
    REDEEM_IES(8),
    SET_TARIFF(9),
    CONFIGURE_CIRCUIT(10),
    COMMIT_FUND(11),
    EXTEND_PROGRAMME(12),
    TAKE_BACK(13),
    TAKE_BACK_BATCH(14),
    CLOSE_WALLET(15),
    CHANGE_RULES(16),
    RESET_PIN(17),
    SET_EMERGENCY_FUND(18),
    GRANT_ROLES(19),
    SETTLE(20),
    SET_PAYEE(21),
    DECIDE_DISPUTE(22),
    SETTLE_DEBT(23);

    private final int code;

    ProposalKind(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
