// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.proposals;

import static it.socialies.gateway.security.OperatorRole.ADMIN;
import static it.socialies.gateway.security.OperatorRole.SOCIAL;
import static it.socialies.gateway.security.OperatorRole.TREASURER;

import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.gateway.security.OperatorRole;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whose word a proposal waits for, to be told to whoever looks at it. The core alone decides who may approve ({@code ops/docs/commands.md}, to whose table a
 * test holds this).
 */
final class Approvers {
    private Approvers() {}

    /** Any one of these roles approves. */
    static Set<OperatorRole> of(ProposalKind kind) {
        return switch (kind) {
            case APPOINT_OPERATOR, GRANT_ROLES, SET_TARIFF, CONFIGURE_CIRCUIT -> EnumSet.of(ADMIN);
            case PUBLISH_PROGRAMME, EXTEND_PROGRAMME, CHANGE_RULES, SET_EMERGENCY_FUND, RESET_PIN ->
                EnumSet.of(ADMIN, SOCIAL);
            case TOP_UP, TOP_UP_BATCH, TAKE_BACK, TAKE_BACK_BATCH, CLOSE_WALLET, SET_PAYEE, DECIDE_DISPUTE ->
                EnumSet.of(ADMIN, SOCIAL, TREASURER);
            case SETTLE, SETTLE_DEBT -> EnumSet.of(ADMIN, TREASURER);
            case MOVE_FUND, COMMIT_FUND, MOVE_RESERVE, ISSUE_IES, REDEEM_IES -> EnumSet.of(TREASURER);
            case NULL_VAL -> throw new IllegalStateException("a proposal without a kind");
        };
    }
}
