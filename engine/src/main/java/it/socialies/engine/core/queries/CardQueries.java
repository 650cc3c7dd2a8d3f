// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.queries;

import it.socialies.engine.core.cards.CardGrants;
import it.socialies.engine.core.cards.Cards;
import it.socialies.engine.core.cards.HolderAccess;
import it.socialies.engine.core.cards.Pins;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.CardViewEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryCardDecoder;
import it.socialies.engine.protocol.sbe.QueryWalletDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.WalletViewEncoder;

/** Answers QueryWallet and QueryCard. */
public final class CardQueries {
    private static final int MAY_READ_WALLETS = Roles.OF_A_CIRCUIT;
    private static final int MAY_READ_CARDS = Roles.SOCIAL | Roles.ADMIN;

    private final QueryWalletDecoder queryWallet = new QueryWalletDecoder();
    private final QueryCardDecoder queryCard = new QueryCardDecoder();
    private final WalletViewEncoder walletView = new WalletViewEncoder();
    private final CardViewEncoder cardView = new CardViewEncoder();
    private final AnswerWriter answer;
    private final Access access;
    private final HolderAccess holderAccess;
    private final Accounts accounts;
    private final Wallets wallets;
    private final Cards cards;
    private final Pins pins;
    private final CardGrants grants;
    private final Programmes programmes;
    private final Pockets pockets;

    /** Answers from these tables. */
    public CardQueries(
            final AnswerWriter answer,
            final Access access,
            final HolderAccess holderAccess,
            final Accounts accounts,
            final Wallets wallets,
            final Cards cards,
            final Pins pins,
            final CardGrants grants,
            final Programmes programmes,
            final Pockets pockets) {
        this.answer = answer;
        this.access = access;
        this.holderAccess = holderAccess;
        this.accounts = accounts;
        this.wallets = wallets;
        this.cards = cards;
        this.pins = pins;
        this.grants = grants;
        this.programmes = programmes;
        this.pockets = pockets;
    }

    /** A wallet with its pockets. */
    public ResultCode wallet(final CommandContext command) {
        final long id = command.read(queryWallet).walletId();
        final boolean isOwn =
                holderAccess.holder(command) == ResultCode.OK && cards.walletId(command.principalId()) == id;
        final ResultCode may = isOwn ? ResultCode.OK : access.operator(command, MAY_READ_WALLETS);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!wallets.exists(id, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        final long iesAccountId = wallets.iesAccountId(id);
        final WalletViewEncoder.PocketsEncoder group = answer.start(walletView)
                .walletId(id)
                .holderId(wallets.holderId(id))
                .iesAccountId(iesAccountId)
                .iesAvailable(iesAccountId == 0 ? 0 : accounts.available(iesAccountId))
                .iesPending(iesAccountId == 0 ? 0 : accounts.pending(iesAccountId))
                .circuitId(wallets.circuitId(id))
                .householdSize((short) wallets.householdSize(id))
                .pocketsCount(pockets.countOfWallet(id));
        for (long pocket = pockets.firstOfWallet(id); pocket != 0; pocket = pockets.nextOfWallet(pocket)) {
            final long accountId = pockets.accountId(pocket);
            final long programmeId = pockets.programmeId(pocket);
            group.next()
                    .accountId(accountId)
                    .programmeId(programmeId)
                    .available(accounts.available(accountId))
                    .pending(accounts.pending(accountId))
                    .validFromMs(programmes.validFromMs(programmeId))
                    .validUntilMs(Math.max(programmes.validUntilMs(programmeId), pockets.graceUntilMs(pocket)));
        }
        answer.end(walletView);
        return ResultCode.OK;
    }

    /** A card; to the gateway, which knows no more of it than a code that somebody typed, of whatever circuit. */
    public ResultCode card(final CommandContext command) {
        final long id = command.read(queryCard).cardId();
        final boolean isSystem = command.isFrom(PrincipalKind.SYSTEM);
        final boolean isOwn = holderAccess.bearer(command) == ResultCode.OK && command.principalId() == id;
        final ResultCode may = isOwn || isSystem ? ResultCode.OK : access.operator(command, MAY_READ_CARDS);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!cards.exists(id) || (!isSystem && wallets.circuitId(cards.walletId(id)) != command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        answer.start(cardView)
                .cardId(id)
                .walletId(cards.walletId(id))
                .tokenHi(cards.tokenHi(id))
                .tokenLo(cards.tokenLo(id))
                .lockedUntilMs(pins.lockedUntilMs(id))
                .circuitId(wallets.circuitId(cards.walletId(id)))
                .status(cards.status(id))
                .tries((short) pins.tries(id))
                .pepperVersion((short) pins.pepperVersion(id))
                .pinSet((short) (pins.isSet(id) ? 1 : 0))
                .validUntilMs(grants.validUntilMs(id))
                .merchantId(grants.merchantId(id))
                .paymentMax(grants.paymentMax(id))
                .dayMax(grants.dayMax(id))
                .pinFreeDayMax(grants.pinFreeDayMax(id))
                .kind(grants.kind(id));
        answer.end(cardView);
        return ResultCode.OK;
    }
}
