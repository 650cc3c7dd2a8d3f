// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PinSetEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** RESET_PIN: subject is the card of a holder who is not present, the digest the verifier of a PIN that goes out by post, extra the version of its pepper. */
public final class PinResetProposal implements ProposalEffect {
    private static final int MAX_PEPPER_VERSION = 255;

    private final PinSetEncoder pinSet = new PinSetEncoder();
    private final EventWriter events;
    private final Wallets wallets;
    private final Cards cards;
    private final CardGrants grants;

    /** Resets PINs of these cards. */
    public PinResetProposal(
            final EventWriter events, final Wallets wallets, final Cards cards, final CardGrants grants) {
        this.events = events;
        this.wallets = wallets;
        this.cards = cards;
        this.grants = grants;
    }

    @Override
    public int proposerRoles() {
        return Roles.SOCIAL;
    }

    @Override
    public int approverRoles() {
        return Roles.SOCIAL | Roles.ADMIN;
    }

    @Override
    public boolean hasSecretDigest() {
        return true;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        if (terms.digest().isZero() || terms.extra() < 1 || terms.extra() > MAX_PEPPER_VERSION) {
            return ResultCode.INVALID_FIELD;
        }
        final long id = terms.subjectId();
        if (!cards.exists(id) || wallets.circuitId(cards.walletId(id)) != terms.circuitId()) {
            return ResultCode.NOT_FOUND;
        }
        if (wallets.isClosed(cards.walletId(id))) {
            return ResultCode.WALLET_CLOSED;
        }
        return cards.status(id) == CardStatus.ACTIVE && grants.kind(id) != CardKind.ERRAND
                ? ResultCode.OK
                : ResultCode.CARD_STATE_CONFLICT;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final PinSetEncoder event =
                events.start(pinSet).cardId(terms.subjectId()).pepperVersion((short) terms.extra());
        terms.digest().to(event.verifier());
        events.end();
    }
}
