// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.protocol.sbe.CardGrantedEncoder;
import it.socialies.engine.protocol.sbe.CardIssuedEncoder;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.IssueErrandDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * Decides IssueErrand: a code with which somebody else does one purchase for the holder. No money leaves the wallet before that purchase, and no PIN is handed on.
 */
public final class ErrandIssuance implements Decider {
    private static final long MAX_LIFE_MS = 72 * 3_600_000L;
    private static final int MAX_A_DAY = 5;

    private final IssueErrandDecoder issueErrand = new IssueErrandDecoder();
    private final CardIssuedEncoder cardIssued = new CardIssuedEncoder();
    private final CardGrantedEncoder cardGranted = new CardGrantedEncoder();
    private final CardStatusChangedEncoder cardStatusChanged = new CardStatusChangedEncoder();
    private final EventWriter events;
    private final Wallets wallets;
    private final Cards cards;
    private final CardGrants grants;
    private final Merchants merchants;
    private final HolderAccess holderAccess;
    private final Access access;

    /** Decides on these tables. */
    public ErrandIssuance(
            final EventWriter events,
            final Wallets wallets,
            final Cards cards,
            final CardGrants grants,
            final Merchants merchants,
            final HolderAccess holderAccess,
            final Access access) {
        this.events = events;
        this.wallets = wallets;
        this.cards = cards;
        this.grants = grants;
        this.merchants = merchants;
        this.holderAccess = holderAccess;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        command.read(issueErrand);
        final long walletId = issueErrand.walletId();
        final ResultCode may = may(command, walletId);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!Amounts.isPositive(issueErrand.paymentMax())) {
            return ResultCode.INVALID_AMOUNT;
        }
        final long leftMs = issueErrand.validUntilMs() - command.timestampMs();
        if (issueErrand.validUntilMs() <= command.timestampMs() || leftMs > MAX_LIFE_MS) {
            return ResultCode.INVALID_FIELD;
        }
        final ResultCode code = check(command, walletId);
        if (code != ResultCode.OK || command.isDryRun()) {
            return code;
        }
        issue(command, walletId);
        return ResultCode.OK;
    }

    private ResultCode may(final CommandContext command, final long walletId) {
        if (!command.isFrom(PrincipalKind.HOLDER)) {
            return access.operator(command, Roles.SOCIAL);
        }
        final ResultCode holder = holderAccess.holder(command);
        final boolean isOwn = holder == ResultCode.OK && cards.walletId(command.principalId()) == walletId;
        return isOwn ? ResultCode.OK : ResultCode.FORBIDDEN;
    }

    private ResultCode check(final CommandContext command, final long walletId) {
        final long merchantId = issueErrand.merchantId();
        if (!wallets.exists(walletId, command.circuitId()) || !merchants.exists(merchantId, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (!cards.hasRoomFor(1)) {
            return ResultCode.LIMIT_REACHED;
        }
        if (wallets.isClosed(walletId)) {
            return ResultCode.WALLET_CLOSED;
        }
        if (!merchants.isActive(merchantId)) {
            return ResultCode.MERCHANT_SUSPENDED;
        }
        if (grants.errands(walletId, command.epochDay()) >= MAX_A_DAY) {
            return ResultCode.CARDS_EXHAUSTED;
        }
        return cards.idOfToken(issueErrand.tokenHi(), issueErrand.tokenLo()) > 0
                ? ResultCode.TOKEN_IN_USE
                : ResultCode.OK;
    }

    private void issue(final CommandContext command, final long walletId) {
        final long id = cards.nextId();
        events.start(cardIssued)
                .cardId(id)
                .walletId(walletId)
                .tokenHi(issueErrand.tokenHi())
                .tokenLo(issueErrand.tokenLo())
                .replacesCardId(0);
        events.end();
        events.start(cardGranted)
                .cardId(id)
                .walletId(walletId)
                .merchantId(issueErrand.merchantId())
                .paymentMax(issueErrand.paymentMax())
                .dayMax(0)
                .validUntilMs(issueErrand.validUntilMs())
                .epochDay(command.epochDay())
                .kind(CardKind.ERRAND);
        events.end();
        events.start(cardStatusChanged).cardId(id).status(CardStatus.ACTIVE);
        events.end();
    }
}
