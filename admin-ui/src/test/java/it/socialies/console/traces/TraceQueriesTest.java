// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.traces;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.ledger.TransferReason;
import it.socialies.console.payments.PaymentFilter;
import it.socialies.console.payments.PaymentRow;
import it.socialies.console.payments.PaymentSearch;
import it.socialies.console.payments.PaymentState;
import it.socialies.console.town.Figures;
import it.socialies.console.town.TownReader;
import it.socialies.console.traces.Trace.Lane;
import it.socialies.console.traces.Trace.Source;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceQueriesTest {
    private static final int ALL = 1_000;

    private final TownReader reader = TownReader.first();

    @Test
    void shouldFollowEveryPaymentOfTheTownToTheCent() throws SQLException {
        List<PaymentRow> payments = payments(PaymentFilter.ALL);

        assertThat(payments).hasSizeGreaterThan(100);
        for (PaymentRow payment : payments) {
            Trace trace = trace(payment.id());
            assertThat(trace.checks()).as("payment " + payment.id()).allMatch(Trace.Check::agrees);
            for (Lane lane : trace.lanes()) {
                assertThat(lane.drawn()).isEqualTo(lane.held() + lane.captured() + lane.released());
                assertThat(lane.pocket().available()).isGreaterThanOrEqualTo(lane.drawn());
                assertThat(lane.payable().shopId()).isEqualTo(payment.shopId());
                if (lane.programmeId() != 0) {
                    assertThat(lane.origin().total())
                            .isGreaterThanOrEqualTo(lane.pocket().received());
                }
            }
        }
    }

    @Test
    void shouldFindTheSourcesOfAPocketThatSeveralAwardsFed() {
        Lane lane = payments(PaymentFilter.ALL.withSource(2).withCard(1)).stream()
                .map(payment -> trace(payment.id()))
                .flatMap(trace -> trace.lanes().stream())
                .filter(each -> each.programmeId() == 2)
                .findFirst()
                .orElseThrow();

        assertThat(lane.pocket().sources()).isEqualTo(2);
        assertThat(lane.pocket().received()).isEqualTo(15_000);
        assertThat(lane.pocket().newest()).extracting(Source::amount).containsExactly(5_000L, 10_000L);
        assertThat(lane.pocket().newest())
                .allMatch(source -> source.proposerId() == 3
                        && source.deciderId() == 4
                        && source.proposalId() != 0
                        && !source.isBatch());
        assertThat(lane.origin().count()).isEqualTo(1);
        assertThat(lane.origin().total()).isEqualTo(120_000);
    }

    @Test
    void shouldNameTheBatchBehindAnAward() {
        Lane lane = trace(payments(PaymentFilter.ALL.withSource(1).withCard(5))
                        .getFirst()
                        .id())
                .lanes()
                .getFirst();

        assertThat(lane.pocket().newest()).singleElement().satisfies(source -> {
            assertThat(source.reason()).isEqualTo(TransferReason.TOPPED_UP);
            assertThat(source.isBatch()).isTrue();
            assertThat(source.amount()).isEqualTo(38_050);
        });
    }

    @Test
    void shouldNameWhoAwardedAloneAndNoProposal() {
        TownReader second = TownReader.second();
        List<PaymentRow> found = second.read(view ->
                PaymentSearch.open(view, PaymentFilter.ALL.withSource(5)).page(view, null, 0, ALL));
        Trace trace = second.find(
                        view -> TraceQueries.find(view, found.getFirst().id()))
                .orElseThrow();

        assertThat(trace.checks()).allMatch(Trace.Check::agrees);
        assertThat(trace.lanes().getFirst().pocket().newest()).singleElement().satisfies(source -> {
            assertThat(source.reason()).isEqualTo(TransferReason.EMERGENCY_AWARDED);
            assertThat(source.amount()).isEqualTo(4_500);
            assertThat(source.proposerId()).isEqualTo(5);
            assertThat(source.deciderId()).isZero();
            assertThat(source.proposalId()).isZero();
        });
    }

    @Test
    void shouldFollowIesToTheTransferTheyCameBy() throws SQLException {
        Lane lane = trace(
                        payments(PaymentFilter.ALL.withSource(PaymentFilter.IES).withCard(3))
                                .getFirst()
                                .id())
                .lanes()
                .getLast();

        assertThat(lane.unit()).isEqualTo(MoneyUnit.IES);
        assertThat(lane.pocket().newest()).singleElement().satisfies(source -> {
            assertThat(source.reason()).isEqualTo(TransferReason.TRANSFERRED);
            assertThat(source.fromCardId()).isEqualTo(2);
            assertThat(source.amount()).isEqualTo(2_500);
        });
        assertThat(lane.payable().owed())
                .isEqualTo(Figures.number(
                        "SELECT available FROM account WHERE account_id = ?",
                        lane.payable().accountId()));
    }

    @Test
    void shouldShowWhatIsStillSetAsideAndWhatCameBack() {
        Lane held = trace(payments(PaymentFilter.ALL.withState(PaymentState.AUTHORIZED))
                        .getFirst()
                        .id())
                .lanes()
                .getFirst();
        Trace refunded = trace(payments(PaymentFilter.ALL.withState(PaymentState.REFUNDED))
                .getFirst()
                .id());
        Trace expired = trace(payments(PaymentFilter.ALL.withState(PaymentState.EXPIRED))
                .getFirst()
                .id());
        Trace rejected = trace(payments(PaymentFilter.ALL.withState(PaymentState.REJECTED))
                .getFirst()
                .id());

        assertThat(held.held()).isEqualTo(1_250);
        assertThat(refunded.lanes()).allMatch(lane -> lane.net() == 0 && lane.refunded() == lane.captured());
        assertThat(expired.lanes()).allMatch(lane -> lane.released() == lane.drawn());
        assertThat(rejected.lanes()).isEmpty();
        assertThat(rejected.movements()).isEmpty();
    }

    @Test
    void shouldFindNothingOfAnotherCircuit() {
        long foreign = TownReader.second()
                .read(view -> PaymentSearch.open(view, PaymentFilter.ALL).page(view, null, 0, 1))
                .getFirst()
                .id();

        assertThat(reader.find(view -> TraceQueries.find(view, foreign))).isEmpty();
    }

    private Trace trace(long paymentId) {
        return reader.find(view -> TraceQueries.find(view, paymentId)).orElseThrow();
    }

    private List<PaymentRow> payments(PaymentFilter filter) {
        return reader.read(view -> PaymentSearch.open(view, filter).page(view, null, 0, ALL));
    }
}
