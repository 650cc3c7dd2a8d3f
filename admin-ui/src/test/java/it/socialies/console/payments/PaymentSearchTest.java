// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.console.lists.KeysetPages;
import it.socialies.console.text.Times;
import it.socialies.console.town.Figures;
import it.socialies.console.town.TownReader;
import it.socialies.console.town.Towns;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentSearchTest {
    private static final int PAGE = 7;
    private static final String COUNT = "SELECT count(*) FROM payment WHERE circuit_id = ?";

    private final TownReader first = TownReader.first();
    private final TownReader second = TownReader.second();

    @Test
    void shouldFindEveryPaymentOfTheCircuitOnceNewestFirst() throws SQLException {
        List<PaymentRow> all = all(first, PaymentFilter.ALL);

        assertThat(all).hasSize((int) Figures.number(COUNT, Towns.FIRST));
        assertThat(all)
                .extracting(PaymentRow::id)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(all(second, PaymentFilter.ALL)).hasSize((int) Figures.number(COUNT, Towns.SECOND));
    }

    @Test
    void shouldAddUpWhatItLists() throws SQLException {
        PaymentSearch.Totals totals = totals(first, PaymentFilter.ALL);

        assertThat(totals.isAll()).isTrue();
        assertThat(totals.count()).isEqualTo(Figures.number(COUNT, Towns.FIRST));
        assertThat(totals.net())
                .isEqualTo(Figures.number(
                        "SELECT sum(CASE kind WHEN 136 THEN -amount ELSE amount END) FROM ledger_entry"
                                + " WHERE circuit_id = ? AND kind IN (133, 134, 136)",
                        Towns.FIRST));
    }

    @Test
    void shouldFindByEveryState() throws SQLException {
        for (PaymentState state : PaymentState.values()) {
            List<PaymentRow> found = all(first, PaymentFilter.ALL.withState(state));
            assertThat(found)
                    .as(state.name())
                    .hasSize((int) Figures.number(COUNT + " AND state = ?", Towns.FIRST, state.code()))
                    .isNotEmpty()
                    .allMatch(payment -> payment.state() == state);
        }
    }

    @Test
    void shouldFindByDayInTheTimeOfTheOffice() throws SQLException {
        List<PaymentRow> all = all(first, PaymentFilter.ALL);
        LocalDate from = Times.date(all.get(all.size() * 3 / 4).createdMs());
        LocalDate to = Times.date(all.get(all.size() / 4).createdMs());

        List<PaymentRow> found = all(first, PaymentFilter.ALL.withPeriod(from, to));

        assertThat(found)
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(payment -> !Times.date(payment.createdMs()).isBefore(from)
                                && !Times.date(payment.createdMs()).isAfter(to))
                        .toList());
        assertThat(all(first, PaymentFilter.ALL.withPeriod(to.plusYears(1), null)))
                .isEmpty();
        assertThat(all(first, PaymentFilter.ALL.withPeriod(null, from.minusYears(1))))
                .isEmpty();
    }

    @Test
    void shouldFindByShopAndPeriodTogether() {
        List<PaymentRow> all = all(first, PaymentFilter.ALL);
        LocalDate from = Times.date(all.get(all.size() / 2).createdMs());

        assertThat(all(first, PaymentFilter.ALL.withShop(2).withPeriod(from, null)))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(payment -> payment.shopId() == 2
                                && !Times.date(payment.createdMs()).isBefore(from))
                        .toList());
    }

    @Test
    void shouldFindByCardAndByAmount() {
        List<PaymentRow> all = all(first, PaymentFilter.ALL);

        assertThat(all(first, PaymentFilter.ALL.withCard(1)))
                .isNotEmpty()
                .isEqualTo(all.stream().filter(payment -> payment.cardId() == 1).toList());
        assertThat(all(first, PaymentFilter.ALL.withAmounts(1_000, 1_500)))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(payment -> isBetween(payment.billTotal()) || isBetween(payment.drawn()))
                        .toList());
    }

    private static boolean isBetween(long amount) {
        return amount >= 1_000 && amount <= 1_500;
    }

    @Test
    void shouldTellOfOneProgrammeOnlyWhatItGave() throws SQLException {
        for (long programme = 1; programme <= 2; programme++) {
            PaymentSearch.Totals totals = totals(first, PaymentFilter.ALL.withSource(programme));
            assertThat(totals.net())
                    .isPositive()
                    .isEqualTo(Figures.number(
                            "SELECT sum(credits_posted - debits_posted) FROM account WHERE kind = 4 AND programme_id = ?",
                            programme));
            assertThat(all(first, PaymentFilter.ALL.withSource(programme)))
                    .hasSize((int) totals.count())
                    .extracting(PaymentRow::id)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
        assertThat(totals(first, PaymentFilter.ALL.withSource(PaymentFilter.IES))
                        .net())
                .isPositive()
                .isEqualTo(
                        Figures.number(
                                "SELECT sum(credits_posted - debits_posted) FROM account WHERE kind = 4 AND unit = 2 AND circuit_id = 1"));
    }

    @Test
    void shouldNarrowAProgrammeByShopPeriodAndState() {
        List<PaymentRow> programme = all(first, PaymentFilter.ALL.withSource(1));
        LocalDate from = Times.date(programme.get(programme.size() / 2).createdMs());

        assertThat(all(
                        first,
                        PaymentFilter.ALL
                                .withSource(1)
                                .withShop(1)
                                .withPeriod(from, null)
                                .withState(PaymentState.CAPTURED)))
                .isNotEmpty()
                .isEqualTo(programme.stream()
                        .filter(payment -> payment.shopId() == 1
                                && payment.state() == PaymentState.CAPTURED
                                && !Times.date(payment.createdMs()).isBefore(from))
                        .toList());
    }

    @Test
    void shouldFindNothingOfAnotherCircuit() {
        long foreign = all(second, PaymentFilter.ALL).getFirst().id();

        assertThat(all(first, PaymentFilter.ALL.withPayment(foreign))).isEmpty();
        assertThat(all(first, PaymentFilter.ALL.withShop(4))).isEmpty();
        assertThat(all(first, PaymentFilter.ALL.withCard(7))).isEmpty();
        assertThat(all(first, PaymentFilter.ALL.withSource(3))).isEmpty();
        assertThat(first.find(view -> PaymentDetail.find(view, foreign))).isEmpty();
    }

    @Test
    void shouldTellEachStepWithWhoAskedForIt() {
        PaymentRow voided =
                all(first, PaymentFilter.ALL.withState(PaymentState.VOIDED)).getFirst();
        PaymentRow expired =
                all(first, PaymentFilter.ALL.withState(PaymentState.EXPIRED)).getFirst();

        PaymentDetail detail =
                first.find(view -> PaymentDetail.find(view, voided.id())).orElseThrow();
        assertThat(detail.steps())
                .extracting(PaymentDetail.Step::state)
                .containsExactly(PaymentState.AUTHORIZED, PaymentState.VOIDED);
        assertThat(detail.steps())
                .allMatch(step -> step.actor().publicId().equals("trm_" + voided.terminalId())
                        && step.key() != null
                        && step.key().sequence() == step.sequence());

        PaymentDetail ended =
                first.find(view -> PaymentDetail.find(view, expired.id())).orElseThrow();
        assertThat(ended.steps().getLast().state()).isEqualTo(PaymentState.EXPIRED);
        assertThat(ended.steps().getLast().key()).isNull();
        assertThat(ended.steps().getLast().timestampMs()).isGreaterThanOrEqualTo(ended.deadlineMs());
    }

    private static PaymentSearch.Totals totals(TownReader reader, PaymentFilter filter) {
        return reader.read(view -> PaymentSearch.open(view, filter).totals(view));
    }

    /** All of it, page after page, as a grid scrolls. */
    private static List<PaymentRow> all(TownReader reader, PaymentFilter filter) {
        PaymentSearch search = reader.read(view -> PaymentSearch.open(view, filter));
        KeysetPages<PaymentRow> pages =
                new KeysetPages<>((last, skip, limit) -> reader.read(view -> search.page(view, last, skip, limit)));
        List<PaymentRow> all = new ArrayList<>();
        List<PaymentRow> page;
        do {
            page = pages.page(all.size(), PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        if (all.size() > PAGE) {
            // A jump gives what scrolling gives.
            assertThat(pages.page(PAGE / 2, PAGE))
                    .isEqualTo(all.subList(PAGE / 2, PAGE / 2 + Math.min(PAGE, all.size() - PAGE / 2)));
            assertThat(new KeysetPages<PaymentRow>(
                                    (last, skip, limit) -> reader.read(view -> search.page(view, last, skip, limit)))
                            .page(all.size() - 1, PAGE))
                    .containsExactly(all.getLast());
        }
        return all;
    }
}
