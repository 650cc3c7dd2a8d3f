// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.console.programmes.ProgrammeQueries.Funding;
import it.socialies.console.programmes.ProgrammeQueries.Pocket;
import it.socialies.console.programmes.ProgrammeQueries.ShopShare;
import it.socialies.console.programmes.ProgrammeQueries.Week;
import it.socialies.console.text.Times;
import it.socialies.console.town.Figures;
import it.socialies.console.town.TownReader;
import it.socialies.console.town.Towns;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgrammeQueriesTest {
    private static final long REGIONAL = 1;
    private static final long MUNICIPAL = 2;
    private static final long FOREIGN = 3;
    private static final long DRAFT = 4;
    private static final long SETTLED = 5;
    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);

    private final TownReader reader = TownReader.first();

    @Test
    void shouldListTheProgrammesOfTheCircuit() {
        List<Programme> firstTwo = reader.list(view -> ProgrammeQueries.page(view, null, 2));
        List<Programme> rest = reader.list(view -> ProgrammeQueries.page(view, firstTwo.getLast(), 2));

        assertThat(firstTwo).extracting(Programme::id).containsExactly(REGIONAL, MUNICIPAL);
        assertThat(rest).extracting(Programme::id).containsExactly(DRAFT);
        assertThat(rest.getFirst().status()).isEqualTo(ProgrammeStatus.DRAFT);
        assertThat(reader.find(view -> ProgrammeQueries.find(view, FOREIGN))).isEmpty();
    }

    @Test
    void shouldTellWhereEveryCentIs() throws SQLException {
        for (long id : List.of(REGIONAL, MUNICIPAL, DRAFT)) {
            ProgrammeMoney money = programme(id).money();

            assertThat(money.assigned())
                    .isEqualTo(sum("SELECT sum(amount) FROM fund_movement WHERE programme_id = ?", id));
            assertThat(money.awarded()).isEqualTo(sum("SELECT sum(amount) FROM top_up WHERE programme_id = ?", id));
            assertThat(money.expired())
                    .isEqualTo(sum("SELECT sum(amount) FROM pocket_sweep WHERE programme_id = ?", id));
            assertThat(money.spent())
                    .isEqualTo(sum(
                            "SELECT sum(CASE e.kind WHEN 136 THEN -e.amount ELSE e.amount END) FROM ledger_entry e JOIN hold h USING (hold_id)"
                                    + " JOIN account a ON a.account_id = h.credit_account_id WHERE e.kind IN (133, 134, 136) AND a.programme_id = ?",
                            id));
            assertThat(money.held())
                    .isEqualTo(sum(
                            "SELECT sum(h.amount) FROM hold h JOIN account a ON a.account_id = h.debit_account_id WHERE h.state = 1 AND a.programme_id = ?",
                            id));
            assertThat(money.onCards())
                    .isEqualTo(sum("SELECT sum(available) FROM account WHERE kind = 3 AND programme_id = ?", id));
            assertThat(money.inFund() + money.onCards() + money.held() + money.spent())
                    .isEqualTo(money.assigned());
        }
        assertThat(programme(REGIONAL).money().held()).isPositive();
        assertThat(programme(MUNICIPAL).money().expired()).isPositive();
    }

    @Test
    void shouldCountAsSpentWhatShopsWerePaidAndNotWhatTheyOwe() throws SQLException {
        TownReader second = TownReader.second();
        ProgrammeMoney money = second.find(view -> ProgrammeQueries.find(view, SETTLED))
                .orElseThrow()
                .money();
        List<ShopShare> shops = second.list(view -> ProgrammeQueries.shops(view, SETTLED, 10));

        assertThat(money.spent())
                .isEqualTo(sum(
                        "SELECT sum(h.captured - h.refunded) FROM hold h JOIN account a ON a.account_id = h.credit_account_id WHERE a.programme_id = ?",
                        SETTLED));
        assertThat(shops).singleElement().satisfies(share -> {
            assertThat(share.shopId()).isEqualTo(4);
            assertThat(share.spent()).isEqualTo(money.spent());
        });
        assertThat(money.inFund() + money.onCards() + money.held() + money.spent())
                .isEqualTo(money.assigned());
        assertThat(sum("SELECT available FROM account WHERE kind = 12 AND programme_id = ?", SETTLED))
                .isPositive();
    }

    @Test
    void shouldTellWhoAgreedOnTheFunding() {
        List<Funding> fundings = reader.list(view -> ProgrammeQueries.fundings(view, REGIONAL, Long.MAX_VALUE, 10));

        assertThat(fundings).extracting(Funding::amount).containsExactly(-25_000L, 100_000L, 300_000L);
        assertThat(fundings).extracting(Funding::inFundAfter).containsExactly(375_000L, 400_000L, 300_000L);
        assertThat(fundings).allMatch(funding -> funding.proposerId() == 3 && funding.deciderId() == 4);
        assertThat(reader.list(view -> ProgrammeQueries.fundings(
                        view, REGIONAL, fundings.getFirst().sequence() - 1, 10)))
                .hasSize(2);
    }

    @Test
    void shouldListThePocketsWithWhatBecameOfTheirMoney() throws SQLException {
        List<Pocket> pockets = new ArrayList<>();
        List<Pocket> page;
        do {
            Pocket last = pockets.isEmpty() ? null : pockets.getLast();
            page = reader.list(view -> ProgrammeQueries.pockets(view, REGIONAL, last, 0, 2));
            pockets.addAll(page);
        } while (page.size() == 2);

        assertThat(pockets).extracting(Pocket::walletId).containsExactly(1L, 2L, 3L, 5L);
        assertThat(pockets.stream().mapToLong(Pocket::awarded).sum())
                .isEqualTo(programme(REGIONAL).money().awarded());
        assertThat(pockets.stream().mapToLong(Pocket::spent).sum())
                .isEqualTo(programme(REGIONAL).money().spent());
        assertThat(pockets.getFirst().held()).isEqualTo(1_250);

        // Its card was replaced: the newest one stands for the wallet.
        List<Pocket> municipal = reader.list(view -> ProgrammeQueries.pockets(view, MUNICIPAL, null, 0, 10));
        assertThat(municipal).extracting(Pocket::cardId).containsExactly(1L, 2L, 9L);
        assertThat(municipal)
                .allMatch(pocket -> pocket.available() == 0 && pocket.awarded() == pocket.spent() + pocket.expired());
    }

    @Test
    void shouldCountPocketsAndThoseNeverSpentFrom() throws SQLException {
        var counts = reader.read(view -> ProgrammeQueries.pocketCounts(view, REGIONAL));

        assertThat(counts.pockets()).isEqualTo(4);
        assertThat(counts.untouched())
                .isEqualTo(Figures.number(
                        "SELECT count(*) FROM account a WHERE kind = 3 AND programme_id = 1 AND NOT EXISTS"
                                + " (SELECT FROM hold h WHERE h.debit_account_id = a.account_id AND h.captured > 0)"));
    }

    @Test
    void shouldAddUpTheSameByShopAndByWeek() {
        long spent = programme(REGIONAL).money().spent();
        List<ShopShare> shops = reader.list(view -> ProgrammeQueries.shops(view, REGIONAL, 10));
        List<Week> weeks = reader.list(view -> ProgrammeQueries.weeks(view, REGIONAL, BEGIN, end()));

        assertThat(shops.stream().mapToLong(ShopShare::spent).sum()).isEqualTo(spent);
        assertThat(weeks.stream().mapToLong(Week::spent).sum()).isEqualTo(spent);
        assertThat(weeks).hasSizeGreaterThan(4).allMatch(week -> week.monday().getDayOfWeek() == DayOfWeek.MONDAY);

        LocalDate third = weeks.get(2).monday();
        assertThat(reader.list(view -> ProgrammeQueries.weeks(view, REGIONAL, third.plusDays(3), end())))
                .isEqualTo(weeks.subList(2, weeks.size()));
    }

    private static LocalDate end() {
        return Times.date(Towns.get().end().toEpochMilli());
    }

    private Programme programme(long id) {
        return reader.find(view -> ProgrammeQueries.find(view, id)).orElseThrow();
    }

    private static long sum(String sql, long id) throws SQLException {
        return Figures.number(sql, id);
    }
}
