// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.shops;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.console.shops.ShopQueries.Month;
import it.socialies.console.shops.ShopQueries.Payable;
import it.socialies.console.shops.ShopQueries.Period;
import it.socialies.console.shops.ShopQueries.Shop;
import it.socialies.console.text.Times;
import it.socialies.console.town.Figures;
import it.socialies.console.town.TownReader;
import it.socialies.console.town.Towns;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopQueriesTest {
    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);
    private static final Period EVER = new Period(0, Long.MAX_VALUE);
    private static final String TAKEN =
            "SELECT coalesce(sum(CASE e.kind WHEN 136 THEN -e.amount ELSE e.amount END), 0) FROM ledger_entry e"
                    + " JOIN account a ON a.account_id IN (e.debit_account_id, e.credit_account_id) AND a.kind = 4"
                    + " WHERE e.kind IN (133, 134, 136) AND a.owner_id = ? AND a.unit = 1 AND e.timestamp_ms >= ? AND e.timestamp_ms < ?";

    private static final String OF_HOLDS =
            "SELECT sum(h.%s) FROM hold h JOIN account a ON a.account_id = h.credit_account_id"
                    + " WHERE a.owner_id = ? AND a.programme_id = ?";

    private final TownReader reader = TownReader.first();

    @Test
    void shouldListShopsWithTakingsAndWhatTheyAreOwed() throws SQLException {
        List<Shop> shops = page(null, null, EVER);

        assertThat(shops).extracting(Shop::id).containsExactly(1L, 2L, 3L);
        assertThat(shops)
                .extracting(Shop::status)
                .containsExactly(ShopStatus.ACTIVE, ShopStatus.ACTIVE, ShopStatus.SUSPENDED);
        assertThat(shops).extracting(Shop::trade).containsExactly(Trade.SUPERMARKET, Trade.PHARMACY, Trade.BAR);
        for (Shop shop : shops) {
            // Nothing was settled yet: all that was taken is owed.
            assertThat(shop.taken())
                    .isPositive()
                    .isEqualTo(shop.owedEuro())
                    .isEqualTo(Figures.number(TAKEN, shop.id(), 0L, Long.MAX_VALUE));
        }
        assertThat(page(ShopStatus.SUSPENDED, null, EVER)).extracting(Shop::id).containsExactly(3L);
        assertThat(page(null, List.of(2L, 4L), EVER)).extracting(Shop::id).containsExactly(2L);
        assertThat(page(null, List.of(), EVER)).isEmpty();
    }

    @Test
    void shouldCountAPeriodByTheDayOfEachMovement() throws SQLException {
        Period month = new Period(
                Times.startOfDayMs(Times.date(Towns.get().end().toEpochMilli()).withDayOfMonth(1)), Long.MAX_VALUE);
        Period before = new Period(0, month.fromMs());

        for (Shop shop : page(null, null, EVER)) {
            long now = find(shop.id(), month).taken();
            long then = find(shop.id(), before).taken();
            assertThat(now).isEqualTo(Figures.number(TAKEN, shop.id(), month.fromMs(), month.beforeMs()));
            assertThat(now + then).isEqualTo(shop.taken());
        }
    }

    @Test
    void shouldAddUpTheSameByProgrammeAndByMonth() {
        for (long id = 1; id <= 3; id++) {
            long shop = id;
            List<Payable> payables = reader.list(view -> ShopQueries.payables(view, shop));
            List<Month> months = reader.list(view -> ShopQueries.months(view, shop, BEGIN, end()));
            Shop whole = find(shop, EVER);

            assertThat(payables.stream()
                            .filter(payable -> payable.programmeId() != 0)
                            .mapToLong(Payable::owed)
                            .sum())
                    .isEqualTo(whole.owedEuro());
            assertThat(months.stream().mapToLong(Month::euro).sum()).isEqualTo(whole.taken());
            assertThat(months.stream().mapToLong(Month::ies).sum()).isEqualTo(whole.owedIes());
            assertThat(months).allMatch(month -> month.first().getDayOfMonth() == 1);
        }
    }

    @Test
    void shouldTellWhatAShopTookWhateverItWasPaidSince() throws SQLException {
        TownReader second = TownReader.second();
        Payable settled = second.list(view -> ShopQueries.payables(view, 4)).stream()
                .filter(payable -> payable.programmeId() == 5)
                .findFirst()
                .orElseThrow();

        assertThat(settled.captured()).isEqualTo(Figures.number(OF_HOLDS.formatted("captured"), 4L, 5L));
        assertThat(settled.paidBack())
                .isEqualTo(Figures.number(OF_HOLDS.formatted("refunded"), 4L, 5L))
                .isEqualTo(500);
        assertThat(settled.owed()).isZero();
    }

    @Test
    void shouldShowOutletsWithTheirTerminals() {
        assertThat(reader.list(view -> ShopQueries.tills(view, 1, 50)))
                .singleElement()
                .satisfies(till -> {
                    assertThat(till.terminalId()).isEqualTo(1);
                    assertThat(till.status()).isEqualTo(TerminalStatus.ENROLLED);
                });
    }

    @Test
    void shouldShowNothingOfAnotherCircuit() {
        assertThat(reader.find(view -> ShopQueries.find(view, 4, EVER))).isEmpty();
        assertThat(reader.list(view -> ShopQueries.tills(view, 4, 50))).isEmpty();
        assertThat(reader.list(view -> ShopQueries.payables(view, 4))).isEmpty();
        assertThat(reader.list(view -> ShopQueries.months(view, 4, BEGIN, end())))
                .isEmpty();
    }

    private static LocalDate end() {
        return Times.date(Towns.get().end().toEpochMilli());
    }

    private List<Shop> page(ShopStatus status, List<Long> only, Period period) {
        return reader.list(view -> ShopQueries.page(view, status, only, period, null, 0, 50));
    }

    private Shop find(long id, Period period) {
        return reader.find(view -> ShopQueries.find(view, id, period)).orElseThrow();
    }
}
