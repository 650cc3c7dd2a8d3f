// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.queries;

import it.socialies.engine.core.cards.Cards;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Installation;
import it.socialies.engine.core.idempotency.KeyWindow;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StatusViewEncoder;

/** Answers QueryStatus, to the gateway itself. */
public final class StatusQuery {
    private final StatusViewEncoder statusView = new StatusViewEncoder();
    private final AnswerWriter answer;
    private final Installation installation;
    private final KeyWindow keys;
    private final Accounts accounts;
    private final Wallets wallets;
    private final Cards cards;
    private final Merchants merchants;
    private final Programmes programmes;
    private final Payments payments;

    /** Answers from these tables. */
    public StatusQuery(
            final AnswerWriter answer,
            final Installation installation,
            final KeyWindow keys,
            final Accounts accounts,
            final Wallets wallets,
            final Cards cards,
            final Merchants merchants,
            final Programmes programmes,
            final Payments payments) {
        this.answer = answer;
        this.installation = installation;
        this.keys = keys;
        this.accounts = accounts;
        this.wallets = wallets;
        this.cards = cards;
        this.merchants = merchants;
        this.programmes = programmes;
        this.payments = payments;
    }

    /** Sequence, hashes, clock and counts. */
    public ResultCode answer(
            final CommandContext command, final long lastSequence, final long coreHash, final long ledgerHash) {
        if (!command.isFrom(PrincipalKind.SYSTEM)) {
            return ResultCode.FORBIDDEN;
        }
        answer.start(statusView)
                .lastSequence(lastSequence)
                .stampMs(command.timestampMs())
                .clockOffsetMs(installation.clockOffsetMs())
                .watermarkMs(keys.watermarkMs())
                .coreHash(coreHash)
                .ledgerHash(ledgerHash)
                .accounts(accounts.count())
                .wallets(wallets.count())
                .cards(cards.count())
                .merchants(merchants.count())
                .programmes(programmes.count())
                .payments(payments.count())
                .keys(keys.size())
                .mode(installation.mode())
                .clockSuspect((short) (installation.isClockSuspect() ? 1 : 0));
        answer.end(statusView);
        return ResultCode.OK;
    }
}
