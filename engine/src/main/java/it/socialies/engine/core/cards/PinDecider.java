// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.merchants.TerminalAccess;
import it.socialies.engine.protocol.sbe.ActivateCardDecoder;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.CardVerifiedEncoder;
import it.socialies.engine.protocol.sbe.ChangePinDecoder;
import it.socialies.engine.protocol.sbe.PinSetEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResetPinDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.VerifyPinDecoder;

/** Decides ActivateCard, ChangePin, ResetPin and VerifyPin. */
public final class PinDecider {
    private final ActivateCardDecoder activateCard = new ActivateCardDecoder();
    private final ChangePinDecoder changePin = new ChangePinDecoder();
    private final ResetPinDecoder resetPin = new ResetPinDecoder();
    private final VerifyPinDecoder verifyPin = new VerifyPinDecoder();
    private final PinSetEncoder pinSet = new PinSetEncoder();
    private final CardStatusChangedEncoder cardStatusChanged = new CardStatusChangedEncoder();
    private final CardVerifiedEncoder cardVerified = new CardVerifiedEncoder();
    private final Digest verifier = new Digest();
    private final Digest newVerifier = new Digest();
    private final EventWriter events;
    private final Wallets wallets;
    private final Cards cards;
    private final CardGrants grants;
    private final CardCheck check;
    private final Access access;
    private final TerminalAccess terminalAccess;

    /** Decides on these tables. */
    public PinDecider(
            final EventWriter events,
            final Wallets wallets,
            final Cards cards,
            final CardGrants grants,
            final CardCheck check,
            final Access access,
            final TerminalAccess terminalAccess) {
        this.events = events;
        this.wallets = wallets;
        this.cards = cards;
        this.grants = grants;
        this.check = check;
        this.access = access;
        this.terminalAccess = terminalAccess;
    }

    /** The PIN is chosen at hand-over, and the card works from then on. */
    public ResultCode activate(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(activateCard);
        final long id = activateCard.cardId();
        final short pepperVersion = activateCard.pepperVersion();
        verifier.from(activateCard.verifier());
        if (verifier.isZero()) {
            return ResultCode.INVALID_FIELD;
        }
        if (!isInCircuit(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        if (wallets.isClosed(cards.walletId(id))) {
            return ResultCode.WALLET_CLOSED;
        }
        if (cards.status(id) != CardStatus.ISSUED) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        setPin(id, pepperVersion, verifier);
        events.start(cardStatusChanged).cardId(id).status(CardStatus.ACTIVE);
        events.end();
        return ResultCode.OK;
    }

    /** The holder changes the PIN, knowing the old one. */
    public ResultCode change(final CommandContext command) {
        command.read(changePin);
        final long id = changePin.cardId();
        final short pepperVersion = changePin.pepperVersion();
        verifier.from(changePin.oldVerifier());
        newVerifier.from(changePin.newVerifier());
        if (!command.isFrom(PrincipalKind.HOLDER) || command.principalId() != id || !isInCircuit(command, id)) {
            return ResultCode.FORBIDDEN;
        }
        if (newVerifier.isZero() || command.isDryRun()) {
            return ResultCode.INVALID_FIELD;
        }
        if (cards.status(id) != CardStatus.ACTIVE || wallets.isClosed(cards.walletId(id))) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        final ResultCode code = check.pin(command, id, verifier);
        if (code == ResultCode.PIN_WRONG) {
            check.wrongPin(command, id);
        }
        if (code == ResultCode.OK) {
            setPin(id, pepperVersion, newVerifier);
        }
        return code;
    }

    /** An operator resets the PIN with the holder present, who types it. */
    public ResultCode reset(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(resetPin);
        final long id = resetPin.cardId();
        final short pepperVersion = resetPin.pepperVersion();
        verifier.from(resetPin.verifier());
        if (verifier.isZero()) {
            return ResultCode.INVALID_FIELD;
        }
        if (!isInCircuit(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        if (wallets.isClosed(cards.walletId(id))) {
            return ResultCode.WALLET_CLOSED;
        }
        if (cards.status(id) != CardStatus.ACTIVE || grants.kind(id) == CardKind.ERRAND) {
            return ResultCode.CARD_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        setPin(id, pepperVersion, verifier);
        return ResultCode.OK;
    }

    /** A holder proves a card, at a terminal or to log in. */
    public ResultCode verify(final CommandContext command) {
        final boolean isLogin = command.isFrom(PrincipalKind.HOLDER) && command.principalId() == 0;
        final ResultCode may = isLogin ? ResultCode.OK : terminalAccess.terminal(command);
        if (may != ResultCode.OK) {
            return may;
        }
        if (command.isDryRun()) {
            return ResultCode.INVALID_FIELD;
        }
        command.read(verifyPin);
        final long id = cards.idOfToken(verifyPin.tokenHi(), verifyPin.tokenLo());
        verifier.from(verifyPin.verifier());
        ResultCode code = check.card(command, id);
        if (code == ResultCode.OK) {
            code = check.pin(command, id, verifier);
        }
        if (code == ResultCode.PIN_WRONG) {
            check.wrongPin(command, id);
        }
        if (code == ResultCode.OK) {
            check.rightPin(id);
            events.start(cardVerified).cardId(id).walletId(cards.walletId(id)).circuitId(command.circuitId());
            events.end();
        }
        return code;
    }

    private boolean isInCircuit(final CommandContext command, final long id) {
        return cards.exists(id) && wallets.circuitId(cards.walletId(id)) == command.circuitId();
    }

    private void setPin(final long id, final short pepperVersion, final Digest digest) {
        digest.to(events.start(pinSet).cardId(id).pepperVersion(pepperVersion).verifier());
        events.end();
    }
}
