// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;

/** RESET_PIN: a PIN by post. */
final class PinResetRules implements ProposalRules.Kind {
    private final World world;

    PinResetRules(World world) {
        this.world = world;
    }

    @Override
    public int proposers() {
        return Access.SOCIAL;
    }

    @Override
    public int approvers() {
        return Access.SOCIAL | Access.ADMIN;
    }

    @Override
    public boolean hasSecretDigest() {
        return true;
    }

    @Override
    public void checkTerms(Message terms) {
        long version = terms.number("extra");
        Refused.when(
                terms.digest("digest").equals(CardRules.ZEROS) || version < 1 || version > 255,
                ResultCode.INVALID_FIELD);
    }

    private World.Card require(ProposalRules.Terms terms) {
        World.Card card = world.cards.get(terms.number("subjectId"));
        if (card == null || card.wallet.circuitId != terms.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return card;
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Card card = require(terms);
        TransferRules.requireOpen(card.wallet);
        Refused.unless(
                card.status == CardStatus.ACTIVE && card.kind != CardKind.ERRAND, ResultCode.CARD_STATE_CONFLICT);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        CardRules.setPin(
                require(terms), (int) terms.number("extra"), terms.message().digest("digest"), events);
    }
}
