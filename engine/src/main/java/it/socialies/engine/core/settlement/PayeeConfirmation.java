// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.protocol.sbe.ConfirmPayeeDecoder;
import it.socialies.engine.protocol.sbe.PayeeConfirmedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Decides ConfirmPayee: the contact that was known before the change has said that the account is the shop's. */
public final class PayeeConfirmation implements Decider {
    private final ConfirmPayeeDecoder confirmPayee = new ConfirmPayeeDecoder();
    private final PayeeConfirmedEncoder payeeConfirmed = new PayeeConfirmedEncoder();
    private final EventWriter events;
    private final Merchants merchants;
    private final Payees payees;
    private final Access access;

    /** Decides on these tables. */
    public PayeeConfirmation(
            final EventWriter events, final Merchants merchants, final Payees payees, final Access access) {
        this.events = events;
        this.merchants = merchants;
        this.payees = payees;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL | Roles.ADMIN | Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(confirmPayee);
        final long merchantId = confirmPayee.merchantId();
        if (!merchants.exists(merchantId, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (payees.payee(merchantId) != confirmPayee.payee() || !payees.isHeld(merchantId)) {
            return ResultCode.PAYEE_STATE_CONFLICT;
        }
        if (!command.isDryRun()) {
            events.start(payeeConfirmed).merchantId(merchantId).operatorId(command.principalId());
            events.end();
        }
        return ResultCode.OK;
    }
}
