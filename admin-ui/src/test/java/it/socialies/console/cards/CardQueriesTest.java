// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.cards;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.console.cards.CardQueries.CardDetail;
import it.socialies.console.cards.CardQueries.PocketBalance;
import it.socialies.console.cards.CardQueries.WalletMovement;
import it.socialies.console.ledger.AccountKind;
import it.socialies.console.lists.KeysetPages;
import it.socialies.console.town.Figures;
import it.socialies.console.town.TownReader;
import it.socialies.console.town.Towns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardQueriesTest {
    private static final int PAGE = 5;

    private final TownReader reader = TownReader.first();

    @Test
    void shouldListCardsNewestFirstWithWhatTheirWalletsHold() throws SQLException {
        List<CardRow> cards = reader.list(view -> CardQueries.page(view, null, null, 0, 50));

        assertThat(cards).extracting(CardRow::id).containsExactly(9L, 6L, 5L, 4L, 3L, 2L, 1L);
        for (CardRow card : cards) {
            assertThat(card.vouchers())
                    .isEqualTo(Figures.number(
                            "SELECT coalesce(sum(available), 0) FROM account WHERE kind = 3 AND owner_id = ?",
                            card.walletId()));
        }
        assertThat(cards.stream().mapToLong(CardRow::ies).sum())
                .isEqualTo(Figures.number("SELECT sum(available) FROM account WHERE kind = 8"));
        assertThat(reader.list(view -> CardQueries.page(view, CardStatus.BLOCKED, null, 0, 50)))
                .extracting(CardRow::id)
                .containsExactly(5L);
        assertThat(reader.list(view -> CardQueries.page(view, null, cards.get(1), 1, 2)))
                .isEqualTo(cards.subList(3, 5));
    }

    @Test
    void shouldShowAWalletWithItsPocketsAndTheCardsItHad() {
        CardDetail detail = reader.find(view -> CardQueries.detail(view, 9)).orElseThrow();

        assertThat(detail.card().replacesId()).isEqualTo(4);
        assertThat(detail.card().status()).isEqualTo(CardStatus.ISSUED);
        assertThat(detail.ofSameWallet()).extracting(CardRow::id).containsExactly(4L);
        assertThat(detail.ofSameWallet().getFirst().status()).isEqualTo(CardStatus.REPLACED);
        assertThat(detail.householdSize()).isEqualTo(3);
        assertThat(detail.pockets()).extracting(PocketBalance::programmeId).containsExactly(2L);
        assertThat(detail.pockets().getFirst().isValidAt(Towns.get().end().toEpochMilli()))
                .isFalse();
        assertThat(reader.find(view -> CardQueries.newestOf(view, 4))
                        .orElseThrow()
                        .id())
                .isEqualTo(9);
    }

    @Test
    void shouldExplainEveryBalanceByItsHistory() {
        for (long card = 1; card <= 5; card++) {
            long id = card;
            CardDetail detail =
                    reader.find(view -> CardQueries.detail(view, id)).orElseThrow();
            List<WalletMovement> history = history(detail.card().walletId());

            assertThat(history)
                    .extracting(movement -> movement.movement().sequence())
                    .isSortedAccordingTo(Comparator.reverseOrder());
            for (PocketBalance pocket : detail.pockets()) {
                long balance = history.stream()
                        .filter(movement -> movement.programmeId() == pocket.programmeId()
                                && movement.movement().isPosted())
                        .mapToLong(movement ->
                                movement.sign() * movement.movement().amount())
                        .sum();
                assertThat(balance).isEqualTo(pocket.available() + pocket.held());
            }
        }
        assertThat(reader.find(view -> CardQueries.detail(view, 2))
                        .orElseThrow()
                        .pockets())
                .anyMatch(pocket -> pocket.kind() == AccountKind.IES_WALLET);
    }

    @Test
    void shouldShowNothingOfAnotherCircuit() {
        assertThat(reader.find(view -> CardQueries.detail(view, 7))).isEmpty();
        assertThat(reader.find(view -> CardQueries.newestOf(view, 7))).isEmpty();
        assertThat(history(7)).isEmpty();
    }

    private List<WalletMovement> history(long walletId) {
        KeysetPages<WalletMovement> pages = new KeysetPages<>(
                (last, skip, limit) -> reader.list(view -> CardQueries.history(view, walletId, last, skip, limit)));
        List<WalletMovement> all = new ArrayList<>();
        List<WalletMovement> page;
        do {
            page = pages.page(all.size(), PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }
}
