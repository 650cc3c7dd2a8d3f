// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static it.socialies.engine.protocol.sbe.PrincipalKind.OPERATOR;
import static it.socialies.engine.protocol.sbe.PrincipalKind.SYSTEM;
import static it.socialies.engine.protocol.sbe.PrincipalKind.TERMINAL;
import static it.socialies.engine.protocol.sbe.ResultCode.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.engine.protocol.sbe.ActivateCardEncoder;
import it.socialies.engine.protocol.sbe.AssignCardEncoder;
import it.socialies.engine.protocol.sbe.CancelSettlementEncoder;
import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.ConfirmPayeeEncoder;
import it.socialies.engine.protocol.sbe.CreateProgrammeEncoder;
import it.socialies.engine.protocol.sbe.DrawLinesEncoder;
import it.socialies.engine.protocol.sbe.DrawSettlementEncoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalEncoder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.IssueCardsEncoder;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.OpenCircuitEncoder;
import it.socialies.engine.protocol.sbe.OpenDisputeEncoder;
import it.socialies.engine.protocol.sbe.OpenOutletEncoder;
import it.socialies.engine.protocol.sbe.OrderLinesEncoder;
import it.socialies.engine.protocol.sbe.PayEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.RecordOutcomesEncoder;
import it.socialies.engine.protocol.sbe.RefundPaymentEncoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantEncoder;
import it.socialies.engine.protocol.sbe.RegisterTerminalEncoder;
import it.socialies.engine.protocol.sbe.ReturnLinesEncoder;
import it.socialies.engine.protocol.sbe.SetMerchantStatusEncoder;
import it.socialies.engine.protocol.sbe.StartInstallationEncoder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the core emits of settlements, payees, disputes and debts, as rows. One shop, one programme; operators 3 and 4 are two persons with all roles. */
class ProjectionOfSettlementsTest {
    private static final int CIRCUIT = TownScript.CIRCUIT;
    private static final long DAY_MS = 86_400_000;
    private static final long ALL = 1_000_000;
    private static final long PIN = 1_111;

    private static EmbeddedPostgres postgres;
    private static int databases;

    private final CoreDriver town = new CoreDriver();
    private final FakeJournal journal = new FakeJournal();
    private DataSource database;
    private Projector projector;
    private long settlements;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void openATown() throws SQLException {
        final String name = "settlements_" + ++databases;
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        database = postgres.getDatabase("postgres", name);
        projector = new Projector(ProjectionConfig.DEFAULT, database, journal::reader, SystemNanoClock.INSTANCE);
        openCircuit();
        openShop();
        handOutACard();
    }

    @AfterEach
    void close() {
        projector.onClose();
    }

    @Test
    void shouldShowALineFromItsDrawingToItsPayment() throws SQLException {
        pay(1_000);
        pay(300);
        draw(1_100);
        follow();
        assertThat(rows(
                        "SELECT settlement_id, circuit_id, period_end_ms, reference, state, lines, total, drawn_by, proposal_id,"
                                + " decided_sequence FROM settlement"))
                .containsExactly(List.of(1L, 1L, TownScript.FROM_MS, 21L, 1L, 1L, 1_100L, 3L, 0L, 0L));

        town.agreeToSettle(3, 4, 1, 1_100, 1);
        town.agree(3, 4, ProposalKind.SET_PAYEE, 1, 501, 0, 0);
        order(31, 1);
        outcome(41, 1, LineOutcome.REJECTED);
        order(32, 1);
        outcome(42, 1, LineOutcome.PAID);
        follow();

        assertThat(rows("SELECT state, proposal_id, decided_by FROM settlement"))
                .containsExactly(List.of(2L, town.lastProposal() - 1, 4L));
        assertThat(
                        rows(
                                "SELECT line_id, settlement_id, circuit_id, position, merchant_id, programme_id, amount, netted, to_pay, parts, state, payee,"
                                        + " order_reference, ordered_by, outcome, outcome_reference, outcome_by FROM settlement_line"))
                .containsExactly(
                        List.of(1L, 1L, 1L, 0L, 1L, 1L, 1_100L, 0L, 1_100L, 2L, 3L, 501L, 32L, 3L, 1L, 42L, 4L));
        assertThat(
                        rows(
                                "SELECT state, payee, reference, outcome, operator_id FROM settlement_line_change ORDER BY sequence"))
                .containsExactly(
                        List.of(2L, 501L, 31L, 0L, 3L),
                        List.of(1L, 0L, 41L, 2L, 4L),
                        List.of(2L, 501L, 32L, 0L, 3L),
                        List.of(3L, 0L, 42L, 1L, 4L));
        assertThat(parts(1)).containsExactly(List.of(1L, 1_000L), List.of(2L, 100L));
        assertThat(rows("SELECT settling, paid_out, payable, receivable, cashed FROM programme_balance"))
                .containsExactly(List.of(0L, 1_100L, 200L, 0L, 1_100L));
        assertThat(
                        rows(
                                "SELECT count(*) FROM settlement s JOIN proposal p USING (proposal_id) WHERE s.digest = p.digest"))
                .containsExactly(List.of(1L));
    }

    @Test
    void shouldGiveUpThePartsOfAReturnedLineAndTakeTheOldestFirst() throws SQLException {
        pay(400);
        pay(300);
        draw(500);
        town.send(OK, OPERATOR, 4, CIRCUIT, new CancelSettlementEncoder(), e -> e.settlementId(1));
        giveBack(1);
        pay(200);
        draw(ALL);
        follow();

        assertThat(rows("SELECT state, decided_by, proposal_id, total FROM settlement ORDER BY settlement_id"))
                .containsExactly(List.of(3L, 4L, 0L, 500L), List.of(1L, 0L, 0L, 900L));
        assertThat(rows("SELECT state, parts FROM settlement_line ORDER BY line_id"))
                .containsExactly(List.of(4L, 2L), List.of(1L, 3L));
        assertThat(rows("SELECT state, operator_id FROM settlement_line_change"))
                .containsExactly(List.of(4L, 3L));
        assertThat(
                        rows(
                                "SELECT line_id, payment_id, amount, CASE WHEN given_up THEN 1 ELSE 0 END FROM settled_part ORDER BY line_id, payment_id"))
                .containsExactly(
                        List.of(1L, 1L, 400L, 1L),
                        List.of(1L, 2L, 100L, 1L),
                        List.of(2L, 1L, 400L, 0L),
                        List.of(2L, 2L, 300L, 0L),
                        List.of(2L, 3L, 200L, 0L));
    }

    @Test
    void shouldHoldWhatIsDisputedAndTakeBackWhatWasRefunded() throws SQLException {
        pay(1_000);
        paidLine(1_000);
        pay(700);
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new OpenDisputeEncoder(),
                e -> e.paymentId(2).amount(300).reference(51));
        draw(ALL);
        town.agree(3, 4, ProposalKind.DECIDE_DISPUTE, 1, 0, 100, 52);
        refund(1, 500);
        pay(1_000);
        draw(ALL);
        follow();

        assertThat(parts(2)).containsExactly(List.of(2L, 400L));
        assertThat(rows(
                        "SELECT dispute_id, circuit_id, payment_id, merchant_id, amount, reference, opened_by, refunded, decision_reference, proposal_id"
                                + " FROM dispute WHERE decided_ms > opened_ms AND decided_sequence > sequence"))
                .containsExactly(List.of(1L, 1L, 2L, 1L, 300L, 51L, 3L, 100L, 52L, town.lastProposal()));
        assertThat(
                        rows(
                                "SELECT h.payment_id, p.amount, a.kind, a.owner_id FROM disputed_part p JOIN hold h USING (hold_id) JOIN account a USING (account_id)"))
                .containsExactly(List.of(2L, 300L, 4L, 1L));
        assertThat(rows("SELECT amount, netted, to_pay FROM settlement_line WHERE line_id = 3"))
                .containsExactly(List.of(1_000L, 300L, 700L));
        // The shop gives 500 of the first payment back: 200 that it was owed paid for it at once, 300 are netted.
        assertThat(parts(3)).containsExactly(List.of(1L, -500L), List.of(2L, 200L), List.of(3L, 1_000L));
    }

    @Test
    void shouldSayThatALineOnlyNettedADebt() throws SQLException {
        pay(1_000);
        paidLine(1_000);
        refund(1, 600);
        pay(400);
        draw(ALL);
        follow();

        assertThat(rows("SELECT state, amount, netted, to_pay FROM settlement_line WHERE line_id = 2"))
                .containsExactly(List.of(5L, 400L, 400L, 0L));
        assertThat(parts(2)).containsExactly(List.of(1L, -400L), List.of(2L, 400L));
        assertThat(rows("SELECT available FROM account WHERE kind = 12")).containsExactly(List.of(200L));
    }

    @Test
    void shouldShowWhatAShopPaidBackAndForWhichPayments() throws SQLException {
        pay(1_000);
        paidLine(1_000);
        refund(1, 600);
        town.agree(3, 4, ProposalKind.SETTLE_DEBT, 1, 1, 450, 61);
        follow();

        assertThat(
                        rows(
                                "SELECT proposal_id, circuit_id, merchant_id, programme_id, amount, reference, parts FROM debt_settlement"))
                .containsExactly(List.of(town.lastProposal(), 1L, 1L, 1L, 450L, 61L, 1L));
        assertThat(rows("SELECT payment_id, amount FROM repaid_part")).containsExactly(List.of(1L, 450L));
        assertThat(rows("SELECT paid_out, receivable, cashed FROM programme_balance"))
                .containsExactly(List.of(550L, 150L, 550L));
    }

    /** It was drawn, refunded, paid back, and then the line was never paid: what the shop paid back it gets again, and no payment is behind that. */
    @Test
    void shouldGiveBackWhatAShopPaidBackTooMuch() throws SQLException {
        pay(1_000);
        paidLine(1_000);
        pay(600);
        draw(ALL);
        refund(2, 600);
        town.send(OK, OPERATOR, 3, CIRCUIT, new CancelSettlementEncoder(), e -> e.settlementId(2));
        giveBack(2);
        town.agree(3, 4, ProposalKind.SETTLE_DEBT, 1, 1, 600, 61);
        draw(ALL);
        follow();

        assertThat(rows("SELECT hold_id, payment_id, amount FROM repaid_part")).containsExactly(List.of(0L, 0L, 600L));
        assertThat(rows("SELECT hold_id, payment_id, amount FROM settled_part WHERE line_id = 3"))
                .containsExactly(List.of(0L, 0L, 600L));
    }

    @Test
    void shouldKeepTheHistoryOfPayees() throws SQLException {
        town.agree(3, 4, ProposalKind.SET_PAYEE, 1, 501, 0, 0);
        town.agree(3, 4, ProposalKind.SET_PAYEE, 1, 502, 0, 0);
        town.agree(3, 4, ProposalKind.SET_PAYEE, 1, 503, 0, 0);
        town.send(
                OK,
                OPERATOR,
                4,
                CIRCUIT,
                new ConfirmPayeeEncoder(),
                e -> e.merchantId(1).payee(503));
        town.agree(3, 4, ProposalKind.SET_PAYEE, 1, 501, 0, 0);
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new SetMerchantStatusEncoder(),
                e -> e.merchantId(1).status(MerchantStatus.CLOSED));
        follow();

        final long last = town.lastProposal();
        assertThat(
                        rows(
                                "SELECT payee, CASE WHEN held THEN 1 ELSE 0 END, proposal_id, confirmed_by, CASE WHEN confirmed_ms > since_ms THEN 1 ELSE 0 END"
                                        + " FROM payee WHERE merchant_id = 1 AND circuit_id = 1 AND octet_length(digest) = 32 ORDER BY sequence"))
                .containsExactly(
                        List.of(501L, 0L, last - 3, 0L, 0L),
                        List.of(502L, 1L, last - 2, 0L, 0L),
                        List.of(503L, 1L, last - 1, 4L, 1L),
                        List.of(501L, 1L, last, 0L, 0L));
        assertThat(rows("SELECT status FROM merchant")).containsExactly(List.of(3L));
    }

    private void paidLine(final long amount) {
        draw(amount);
        town.agreeToSettle(3, 4, settlements, amount, 1);
        town.agree(3, 4, ProposalKind.SET_PAYEE, 1, 501, 0, 0);
        order(31, 1);
        outcome(41, 1, LineOutcome.PAID);
    }

    private void draw(final long most) {
        final long id = ++settlements;
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new DrawSettlementEncoder(),
                e -> e.periodEndMs(TownScript.FROM_MS).reference(21));
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new DrawLinesEncoder(),
                e -> e.settlementId(id)
                        .firstLine(0)
                        .linesCount(1)
                        .next()
                        .merchantId(1)
                        .programmeId(1)
                        .most(most));
    }

    private void order(final long reference, final long line) {
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new OrderLinesEncoder(),
                e -> e.reference(reference).linesCount(1).next().lineId(line));
    }

    private void outcome(final long reference, final long line, final LineOutcome outcome) {
        town.send(
                OK,
                OPERATOR,
                4,
                CIRCUIT,
                new RecordOutcomesEncoder(),
                e -> e.reference(reference).linesCount(1).next().lineId(line).outcome(outcome.value()));
    }

    private void giveBack(final long line) {
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new ReturnLinesEncoder(),
                e -> e.linesCount(1).next().lineId(line));
    }

    private void pay(final long amount) {
        town.send(
                OK,
                TERMINAL,
                1,
                CIRCUIT,
                new PayEncoder(),
                e -> e.tokenHi(-1)
                        .tokenLo(1)
                        .billTotal(amount)
                        .eligibleAmount(amount)
                        .terminalReference(amount)
                        .capture(CaptureMode.AUTOMATIC)
                        .verifier()
                        .w0(PIN));
    }

    private void refund(final long paymentId, final long amount) {
        town.send(
                OK,
                TERMINAL,
                1,
                CIRCUIT,
                new RefundPaymentEncoder(),
                e -> e.paymentId(paymentId).amount(amount));
    }

    private void openCircuit() {
        town.send(
                OK,
                SYSTEM,
                0,
                0,
                new StartInstallationEncoder(),
                e -> e.firstPersonId(11).secondPersonId(12).mode(InstallationMode.SANDBOX));
        town.send(OK, OPERATOR, 1, 0, new OpenCircuitEncoder(), e -> e.reference(82_005));
        town.agree(1, 2, ProposalKind.APPOINT_OPERATOR, 0, 13, 0, 2 | 4 | 8 | 16);
        town.agree(1, 2, ProposalKind.APPOINT_OPERATOR, 0, 14, 0, 2 | 4 | 8 | 16);
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new CreateProgrammeEncoder(),
                e -> e.categories(-1).validFromMs(TownScript.FROM_MS).validUntilMs(TownScript.FROM_MS + 100 * DAY_MS));
        town.agree(3, 4, ProposalKind.PUBLISH_PROGRAMME, 1, 0, 0, 0);
        town.agree(3, 4, ProposalKind.MOVE_FUND, 1, 0, 100_000, 0);
        town.agree(3, 4, ProposalKind.COMMIT_FUND, 1, 0, 95_000, 7);
    }

    private void openShop() {
        town.send(OK, OPERATOR, 3, CIRCUIT, new RegisterMerchantEncoder(), e -> e.category((short) 7));
        town.send(OK, OPERATOR, 3, CIRCUIT, new OpenOutletEncoder(), e -> e.merchantId(1));
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new RegisterTerminalEncoder(),
                e -> e.outletId(1).enrolmentDigest().w0(5));
        town.send(OK, TERMINAL, 1, CIRCUIT, new EnrolTerminalEncoder(), e -> {
            e.terminalId(1).enrolmentDigest().w0(5);
            e.publicKey(0, (short) 1);
        });
    }

    private void handOutACard() {
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new IssueCardsEncoder(),
                e -> e.cardsCount(1).next().tokenHi(-1).tokenLo(1));
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new AssignCardEncoder(),
                e -> e.cardId(1).holderId(101).householdSize((short) 3));
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new ActivateCardEncoder(),
                e -> e.cardId(1).verifier().w0(PIN));
        town.agree(3, 4, ProposalKind.TOP_UP, 1, 1, 20_000, 0);
    }

    /** Projects all that happened, and finds the ledger hash of the core and sums that sum up. */
    private void follow() throws SQLException {
        journal.append(town.take());
        while (projector.status().lastSequence() < journal.lastSequence()) {
            projector.doWork();
            assertThat(projector.status().state())
                    .as(projector.status().reason())
                    .isEqualTo(ProjectionState.RUNNING);
        }
        assertThat(LedgerHashReader.read(database))
                .isEqualTo(new LedgerHashReader.LedgerHash(town.core.lastSequence(), town.core.ledgerHash()));
        SettledPartsAssert.assertSumsUp(database);
    }

    /** Payments and amounts of a line. */
    private List<List<Long>> parts(final long line) throws SQLException {
        return rows("SELECT payment_id, amount FROM settled_part WHERE line_id = " + line + " ORDER BY payment_id");
    }

    private List<List<Long>> rows(final String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + ProjectionSchema.NAME);
            try (ResultSet row = statement.executeQuery(sql)) {
                final List<List<Long>> rows = new ArrayList<>();
                while (row.next()) {
                    final List<Long> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(row.getLong(i));
                    }
                    rows.add(values);
                }
                return rows;
            }
        }
    }
}
