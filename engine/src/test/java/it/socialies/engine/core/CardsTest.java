// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardsTest extends CoreTest {
    private Town town;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
    }

    @Test
    void shouldIssueAHundredCardsEachWithItsOwnWallet() {
        final List<Commands.Token> tokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(core.newToken());
        }

        final Answer issued = core.send(town.social, Commands.issueCards(tokens));

        assertThat(issued).executed();
        assertThat(issued.names().subList(0, 4))
                .containsExactly("WalletOpened", "CardIssued", "WalletOpened", "CardIssued");
        assertThat(issued.all(CardIssuedDecoder.class))
                .extracting(CardIssuedDecoder::walletId)
                .doesNotHaveDuplicates()
                .hasSize(100);
    }

    @Test
    void shouldRefuseToIssueNoneOrTooManyOrTheSameTokenTwice() {
        final List<Commands.Token> tooMany = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            tooMany.add(core.newToken());
        }
        final Commands.Token token = core.newToken();
        final Commands.Token inUse = town.blankCard().token();

        assertThat(core.refusal(town.social, Commands.issueCards(List.of())))
                .isIn(ResultCode.MALFORMED, ResultCode.INVALID_FIELD);
        assertThat(core.refusal(town.social, Commands.issueCards(tooMany)))
                .isIn(ResultCode.MALFORMED, ResultCode.INVALID_FIELD);
        assertRefused(ResultCode.TOKEN_IN_USE, town.social, Commands.issueCards(List.of(token, token)));
        assertRefused(ResultCode.TOKEN_IN_USE, town.social, Commands.issueCards(List.of(token, inUse)));
        assertThat(core.send(town.social, Commands.issueCards(List.of(token))))
                .as("a refused list left no token behind")
                .executed();
    }

    @Test
    void shouldLiveFromTheDrawerToTheHand() {
        final Town.Card card = town.blankCard();

        assertThat(core.send(town.social, Commands.assignCard(card.cardId(), 77, 4)))
                .emitted("CardAssigned");
        assertThat(core.send(town.social, Commands.activateCard(card.cardId(), card.verifier())))
                .emitted("PinSet", "CardStatusChanged");
        assertThat(core.send(town.social, Commands.blockCard(card.cardId()))).emitted("CardStatusChanged");
        final Answer unblocked = core.send(town.social, Commands.unblockCard(card.cardId()));
        assertThat(unblocked).emitted("CardStatusChanged");
        assertThat(unblocked.one(CardStatusChangedDecoder.class).status()).isEqualTo(CardStatus.ACTIVE);
    }

    @Test
    void shouldUnblockACardWithoutAPinIntoTheDrawer() {
        final Town.Card card = town.blankCard();
        core.must(town.social, Commands.blockCard(card.cardId()));

        final Answer unblocked = core.send(town.social, Commands.unblockCard(card.cardId()));

        assertThat(unblocked.one(CardStatusChangedDecoder.class).status()).isEqualTo(CardStatus.ISSUED);
    }

    @Test
    void shouldRefuseAnAssignmentThatMakesNoSense() {
        final Town.Card card = town.blankCard();

        for (final int householdSize : new int[] {0, 21, 200}) {
            assertRefused(ResultCode.INVALID_FIELD, town.social, Commands.assignCard(card.cardId(), 77, householdSize));
        }
        assertRefused(ResultCode.INVALID_FIELD, town.social, Commands.assignCard(card.cardId(), 0, 1));
        assertRefused(ResultCode.INVALID_FIELD, town.social, Commands.assignCard(card.cardId(), -1, 1));
        core.must(town.social, Commands.assignCard(card.cardId(), 77, 20));
    }

    /** What each state of a card allows; x = executes, everything else is a conflict. */
    @ParameterizedTest(name = "{0}: assign {1}, activate {2}, block {3}, unblock {4}, replace {5}, reset {6}")
    @CsvSource({
        "ISSUED,   x, x, x, -, x, -",
        "ACTIVE,   x, -, x, -, x, x",
        "BLOCKED,  -, -, -, x, x, -",
        "REPLACED, -, -, -, -, -, -",
    })
    void shouldKeepToTheLifeOfACard(
            final CardStatus status,
            final String assign,
            final String activate,
            final String block,
            final String unblock,
            final String replace,
            final String reset) {
        final long cardId = cardIn(status).cardId();

        assertAllowed(assign, Commands.assignCard(cardId, 77, 2));
        assertAllowed(activate, Commands.activateCard(cardId, Digest.of("1")));
        assertAllowed(block, Commands.blockCard(cardId));
        assertAllowed(unblock, Commands.unblockCard(cardId));
        assertAllowed(replace, Commands.replaceCard(cardId, core.newToken()));
        assertAllowed(reset, Commands.resetPin(cardId, Digest.of("1")));
    }

    private Town.Card cardIn(final CardStatus status) {
        final Town.Card card = status == CardStatus.ISSUED ? town.blankCard() : town.card();
        if (status == CardStatus.BLOCKED) {
            core.must(town.social, Commands.blockCard(card.cardId()));
        } else if (status == CardStatus.REPLACED) {
            core.must(town.social, Commands.replaceCard(card.cardId(), core.newToken()));
        }
        return card;
    }

    private void assertAllowed(final String expected, final Command command) {
        assertThat(core.dryRun(town.social, command).code())
                .isEqualTo("x".equals(expected) ? ResultCode.OK : ResultCode.CARD_STATE_CONFLICT);
    }

    @Test
    void shouldKeepTheWalletWhenTheCardIsReplaced() {
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 1000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card lost = town.cardWith(programmeId, 1000);
        final Commands.Token token = core.newToken();

        final Answer replaced = core.send(town.social, Commands.replaceCard(lost.cardId(), token));

        assertThat(replaced).emitted("CardStatusChanged", "CardIssued");
        final CardIssuedDecoder issued = replaced.one(CardIssuedDecoder.class);
        assertThat(issued.walletId()).isEqualTo(lost.walletId());
        assertThat(issued.replacesCardId()).isEqualTo(lost.cardId());
        assertRefused(ResultCode.CARD_REPLACED, shop.terminal(), Pay.with(lost, 100));
        assertRefused(
                ResultCode.CARD_NOT_ACTIVE, shop.terminal(), Pay.with(lost, 100).token(token));

        core.must(town.social, Commands.activateCard(issued.cardId(), Digest.of("99999")));
        assertRefused(ResultCode.PIN_WRONG, shop.terminal(), Pay.with(lost, 100).token(token));
        assertThat(town.pay(shop, Pay.with(lost, 100).token(token).pin("99999")))
                .executed();
        assertThat(town.pocketOf(lost, programmeId)).isEqualTo(900);
    }

    @Test
    void shouldRefuseAReplacementByATokenInUse() {
        final Town.Card card = town.card();

        assertRefused(ResultCode.TOKEN_IN_USE, town.social, Commands.replaceCard(card.cardId(), card.token()));
    }

    @Test
    void shouldLetTheGatewayBlockACardByItsCodeAndDoNothingElseWithIt() {
        final Town.Card card = town.card();
        final Principal gateway = Principal.SYSTEM.in(town.circuitId);

        assertRefused(
                ResultCode.NOT_FOUND,
                Principal.SYSTEM.in(town.neighbour().circuitId),
                Commands.blockCard(card.cardId()));
        assertThat(core.send(gateway, Commands.blockCard(card.cardId()))).emitted("CardStatusChanged");
        assertRefused(ResultCode.CARD_STATE_CONFLICT, gateway, Commands.blockCard(card.cardId()));
        assertRefused(ResultCode.FORBIDDEN, gateway, Commands.unblockCard(card.cardId()));
        assertRefused(ResultCode.FORBIDDEN, gateway, Commands.replaceCard(card.cardId(), core.newToken()));
        assertThat(core.ask(Principal.SYSTEM, Commands.queryCard(card.cardId()))
                        .one(CardViewDecoder.class)
                        .circuitId())
                .as("the gateway learns the circuit from the card")
                .isEqualTo(town.circuitId);
    }

    @Test
    void shouldLetAHolderBlockTheOwnCardOnly() {
        final Town.Card card = town.card();
        final Town.Card other = town.card();

        assertRefused(ResultCode.FORBIDDEN, card.holder(), Commands.blockCard(other.cardId()));
        assertRefused(
                ResultCode.FORBIDDEN, card.holder().in(town.neighbour().circuitId), Commands.blockCard(card.cardId()));
        assertRefused(ResultCode.FORBIDDEN, Principal.holder(99, town.circuitId), Commands.blockCard(99));
        assertThat(core.send(card.holder(), Commands.blockCard(card.cardId()))).executed();
        assertRefused(ResultCode.FORBIDDEN, card.holder(), Commands.unblockCard(card.cardId()));
    }

    @Test
    void shouldLetNobodySpeakForACardThatIsNotActive() {
        final Town.Card blank = town.blankCard();
        final Town.Card blocked = cardIn(CardStatus.BLOCKED);
        final Town.Card replaced = cardIn(CardStatus.REPLACED);

        for (final Town.Card card : List.of(blank, blocked, replaced)) {
            assertRefused(
                    ResultCode.FORBIDDEN,
                    card.holder(),
                    Commands.transfer(card.walletId(), town.card().walletId(), 1, -1));
            assertThat(core.ask(card.holder(), Commands.queryWallet(card.walletId())))
                    .answered(ResultCode.FORBIDDEN);
            assertThat(core.ask(card.holder(), Commands.queryCard(card.cardId())))
                    .answered(ResultCode.FORBIDDEN);
            assertThat(core.ask(card.holder(), Commands.queryPayment(1))).answered(ResultCode.FORBIDDEN);
            assertRefused(
                    ResultCode.CARD_STATE_CONFLICT,
                    card.holder(),
                    Commands.changePin(card.cardId(), card.verifier(), Digest.of("1")));
        }
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.assignCard(9, 1, 1));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.activateCard(0, Digest.of("a PIN")));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.blockCard(-1));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.unblockCard(Long.MAX_VALUE));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.replaceCard(9, core.newToken()));
        assertRefused(ResultCode.NOT_FOUND, town.social, Commands.resetPin(9, Digest.of("a PIN")));
    }
}
