// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.town;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.console.cards.CardQueries;
import it.socialies.console.cards.CardStatus;
import it.socialies.console.payments.PaymentDetail;
import it.socialies.console.payments.PaymentFilter;
import it.socialies.console.payments.PaymentRow;
import it.socialies.console.payments.PaymentSearch;
import it.socialies.console.payments.PaymentState;
import it.socialies.console.programmes.ProgrammeQueries;
import it.socialies.console.projection.CircuitView;
import it.socialies.console.projection.ProjectionDatabase.Work;
import it.socialies.console.proposals.Proposal;
import it.socialies.console.shops.ShopQueries;
import it.socialies.console.shops.ShopQueries.Period;
import it.socialies.console.text.Times;
import it.socialies.console.traces.TraceQueries;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A page costs what it shows, not what the town has: counted in rows that Postgres reads. */
class PagesOfALargeTownTest {
    private static final int PAGE = 50;
    private static final int SHOPS = 200;

    /** A page and what belongs to it: each row with a look at its neighbours. */
    private static final long SMALL = 20 * PAGE;

    /** The same with a key found through an index by ranges of pages. */
    private static final long WITH_KEYS = 5_000;

    /** A page merged from one of each shop. */
    private static final long OF_EACH_SHOP = 2L * SHOPS * PAGE;

    private static final LocalDate DAY = LocalDate.of(2026, 3, 10);

    private record Page(String name, long rowsMax, Work<CircuitView, ?> work) {
        Arguments arguments() {
            return Arguments.of(name, this);
        }
    }

    static List<Arguments> pages() {
        PaymentRow deep = LargeTown.get()
                .<List<PaymentRow>>read(view -> search(view, PaymentFilter.ALL).page(view, null, 100_000, 1))
                .getFirst();
        return List.of(
                        payments("payments", SMALL, PaymentFilter.ALL, null),
                        payments("payments far down", SMALL, PaymentFilter.ALL, deep),
                        payments("payments of a day", SMALL, PaymentFilter.ALL.withPeriod(DAY, DAY), null),
                        payments("payments of a shop", SMALL, PaymentFilter.ALL.withShop(7), null),
                        payments("payments of a shop far down", SMALL, PaymentFilter.ALL.withShop(7), deep),
                        payments(
                                "payments of a shop and a day",
                                SMALL,
                                PaymentFilter.ALL.withShop(7).withPeriod(DAY, DAY),
                                null),
                        payments(
                                "payments in a rare state",
                                SMALL,
                                PaymentFilter.ALL.withState(PaymentState.EXPIRED),
                                null),
                        payments("payments of a card", SMALL, PaymentFilter.ALL.withCard(77), null),
                        payments("one payment", SMALL, PaymentFilter.ALL.withPayment(77), null),
                        payments("payments from a programme", OF_EACH_SHOP, PaymentFilter.ALL.withSource(2), null),
                        payments(
                                "payments from a programme far down",
                                OF_EACH_SHOP,
                                PaymentFilter.ALL.withSource(2),
                                deep),
                        payments(
                                "payments from a programme at a shop",
                                SMALL,
                                PaymentFilter.ALL.withSource(2).withShop(7),
                                null),
                        new Page("a payment", WITH_KEYS, view -> PaymentDetail.find(view, 77_777)),
                        new Page("a trace", WITH_KEYS, view -> TraceQueries.find(view, 77_777)),
                        new Page("programmes", 4 * SHOPS * 6, view -> ProgrammeQueries.page(view, null, PAGE)),
                        new Page("a programme", 2 * SHOPS, view -> ProgrammeQueries.find(view, 2)),
                        new Page("its shops", 2 * SHOPS, view -> ProgrammeQueries.shops(view, 2, 20)),
                        new Page(
                                "its funding", SMALL, view -> ProgrammeQueries.fundings(view, 2, Long.MAX_VALUE, PAGE)),
                        new Page("its pockets", 2 * SMALL, view -> ProgrammeQueries.pockets(view, 2, null, 0, PAGE)),
                        new Page("cards", 2 * SMALL, view -> CardQueries.page(view, null, null, 0, PAGE)),
                        new Page(
                                "cards in a rare state",
                                SMALL,
                                view -> CardQueries.page(view, CardStatus.BLOCKED, null, 0, PAGE)),
                        new Page("a card", SMALL, view -> CardQueries.detail(view, 77)),
                        new Page("a card's history", SMALL, view -> CardQueries.history(view, 77, null, 0, PAGE)),
                        new Page(
                                "shops with a day's takings",
                                OF_EACH_SHOP,
                                view -> ShopQueries.page(
                                        view,
                                        null,
                                        null,
                                        new Period(Times.startOfDayMs(LocalDate.of(2026, 8, 20)), Long.MAX_VALUE),
                                        null,
                                        0,
                                        PAGE)),
                        new Page("what a shop is owed", SMALL, view -> ShopQueries.payables(view, 7)),
                        new Page("an act", SMALL, view -> Proposal.find(view, 77)),
                        new Page("its rows", SMALL, view -> Proposal.rows(view, 77, null, 0, PAGE)))
                .stream()
                .map(Page::arguments)
                .toList();
    }

    private static Page payments(String name, long rowsMax, PaymentFilter filter, PaymentRow last) {
        return new Page(name, rowsMax, view -> search(view, filter).page(view, last, 0, PAGE));
    }

    private static PaymentSearch search(CircuitView view, PaymentFilter filter) throws SQLException {
        return PaymentSearch.open(view, filter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void shouldReadFewRowsForAPage(String name, Page page) throws SQLException {
        assertThat(LargeTown.get().rowsRead(page.work())).as(name).isPositive().isLessThan(page.rowsMax());
    }

    @Test
    void shouldStopCountingWhereNobodyWouldReadOn() {
        PaymentSearch.Totals totals =
                LargeTown.get().read(view -> search(view, PaymentFilter.ALL).totals(view));
        PaymentSearch.Totals ofProgramme = LargeTown.get()
                .read(view -> search(view, PaymentFilter.ALL.withSource(2)).totals(view));

        assertThat(totals.isAll()).isFalse();
        assertThat(totals.count()).isEqualTo(PaymentSearch.COUNTED_MAX).isLessThan(LargeTown.PAYMENTS);
        assertThat(ofProgramme.isAll()).isTrue();
        assertThat(ofProgramme.count()).isPositive();
    }
}
