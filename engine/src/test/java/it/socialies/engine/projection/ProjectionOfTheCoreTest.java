// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static it.socialies.engine.protocol.sbe.PrincipalKind.HOLDER;
import static it.socialies.engine.protocol.sbe.PrincipalKind.OPERATOR;
import static it.socialies.engine.protocol.sbe.PrincipalKind.SYSTEM;
import static it.socialies.engine.protocol.sbe.PrincipalKind.TERMINAL;
import static it.socialies.engine.protocol.sbe.ResultCode.OK;
import static it.socialies.engine.protocol.sbe.ResultCode.PIN_WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.ActivateCardEncoder;
import it.socialies.engine.protocol.sbe.AddDelegateEncoder;
import it.socialies.engine.protocol.sbe.AllowPinFreeEncoder;
import it.socialies.engine.protocol.sbe.AssignCardEncoder;
import it.socialies.engine.protocol.sbe.AwardEmergencyEncoder;
import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.CapturePaymentEncoder;
import it.socialies.engine.protocol.sbe.CreateProgrammeEncoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalEncoder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.IssueCardsEncoder;
import it.socialies.engine.protocol.sbe.IssueErrandEncoder;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.OpenCircuitEncoder;
import it.socialies.engine.protocol.sbe.OpenOutletEncoder;
import it.socialies.engine.protocol.sbe.PayEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.RefundPaymentEncoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantEncoder;
import it.socialies.engine.protocol.sbe.RegisterTerminalEncoder;
import it.socialies.engine.protocol.sbe.ReplaceCardEncoder;
import it.socialies.engine.protocol.sbe.ReplaceFromStockEncoder;
import it.socialies.engine.protocol.sbe.ResolveKeyEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.ReviewEmergencyEncoder;
import it.socialies.engine.protocol.sbe.ReviewVerdict;
import it.socialies.engine.protocol.sbe.RevokeTerminalEncoder;
import it.socialies.engine.protocol.sbe.SetMerchantStatusEncoder;
import it.socialies.engine.protocol.sbe.StartInstallationEncoder;
import it.socialies.engine.protocol.sbe.TransferEncoder;
import it.socialies.engine.protocol.sbe.VoidPaymentEncoder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

/** The promise: live core and Postgres have the same ledger hash at the same sequence. */
class ProjectionOfTheCoreTest {
    private static final int CIRCUIT = TownScript.CIRCUIT;
    private static final int ALL_CIRCUIT_ROLES = 2 | 4 | 8 | 16;
    private static final long DAY_MS = 86_400_000;
    private static final long RIGHT_PIN = 1_111;

    private final CoreDriver town = new CoreDriver();
    private final FakeJournal journal = new FakeJournal();

    @Test
    void shouldHaveTheLedgerHashOfTheCoreAtEachStep() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            final DataSource database = postgres.getPostgresDatabase();
            final Projector projector =
                    new Projector(ProjectionConfig.DEFAULT, database, journal::reader, SystemNanoClock.INSTANCE);
            for (final Runnable step : new Runnable[] {
                this::openCircuit,
                this::openProgramme,
                this::openShop,
                this::handOutCards,
                this::pay,
                this::changePayments,
                this::transfer,
                this::grantCards,
                this::awardEmergency,
                this::reviewEmergency,
                this::replaceAndRevoke,
                () -> town.passDays(8),
                () -> town.passDays(400)
            }) {
                step.run();
                journal.append(town.take());
                follow(projector);
                assertThat(LedgerHashReader.read(database))
                        .isEqualTo(new LedgerHashReader.LedgerHash(town.core.lastSequence(), town.core.ledgerHash()));
            }
            projector.onClose();
        }
    }

    @Test
    void shouldShowEmergencyAwardsAndWhatAnotherPersonSaidOfThem() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            final DataSource database = postgres.getPostgresDatabase();
            final Projector projector =
                    new Projector(ProjectionConfig.DEFAULT, database, journal::reader, SystemNanoClock.INSTANCE);
            openCircuit();
            openProgramme();
            handOutCards();
            awardEmergency();
            journal.append(town.take());
            follow(projector);

            assertThat(row(
                            database,
                            "SELECT programme_id, circuit_id, month_max, review_days, reference, proposal_id, sequence"
                                    + " FROM emergency_fund"))
                    .startsWith(2L, 1L, 5_000L, 7L, 41L);
            assertThat(row(
                            database,
                            "SELECT award_id, circuit_id, programme_id, wallet_id, household_id, amount, month, reference,"
                                    + " operator_id, review_by_ms - awarded_ms, verdict, reviewed_by, reviewed_ms,"
                                    + " reviewed_sequence FROM emergency_award a"))
                    .containsExactly(1L, 1L, 2L, 1L, 88L, 700L, 24_286L, 42L, 3L, 7 * DAY_MS, 0L, 0L, 0L, 0L);
            assertThat(row(
                            database,
                            "SELECT p.owner_id, p.programme_id, p.kind, a.sequence - t.sequence, t.proposal_id"
                                    + " FROM emergency_award a JOIN account p USING (account_id)"
                                    + " JOIN top_up t USING (account_id)"))
                    .containsExactly(1L, 2L, (long) AccountKind.POCKET.value(), 0L, 0L);

            reviewEmergency();
            journal.append(town.take());
            follow(projector);
            projector.onClose();

            assertThat(row(
                            database,
                            "SELECT verdict, reviewed_by, reviewed_ms - awarded_ms, reviewed_sequence - sequence"
                                    + " FROM emergency_award"))
                    .containsExactly((long) ReviewVerdict.OBJECTED.value(), 4L, 1_000L, 1L);
        }
    }

    /** The only row, as whole numbers. */
    private static List<Long> row(final DataSource database, final String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + ProjectionSchema.NAME);
            try (ResultSet rows = statement.executeQuery(sql)) {
                assertThat(rows.next()).as(sql).isTrue();
                final List<Long> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getLong(i));
                }
                assertThat(rows.next()).as("a second row of " + sql).isFalse();
                return values;
            }
        }
    }

    private void follow(final Projector projector) {
        while (projector.status().lastSequence() < journal.lastSequence()) {
            projector.doWork();
            assertThat(projector.status().state())
                    .as(projector.status().reason())
                    .isEqualTo(ProjectionState.RUNNING);
        }
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
        town.agree(1, 2, ProposalKind.APPOINT_OPERATOR, 0, 13, 0, ALL_CIRCUIT_ROLES);
        town.agree(1, 2, ProposalKind.APPOINT_OPERATOR, 0, 14, 0, ALL_CIRCUIT_ROLES);
        town.agree(3, 4, ProposalKind.SET_TARIFF, 0, 0, 1, 25);
        town.agree(3, 4, ProposalKind.CONFIGURE_CIRCUIT, 9, 0, 0, 3);
    }

    private void openProgramme() {
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new CreateProgrammeEncoder(),
                e -> e.categories(-1)
                        .validFromMs(TownScript.FROM_MS)
                        .validUntilMs(TownScript.FROM_MS + 100 * DAY_MS)
                        .cap3(60_000));
        town.agree(3, 4, ProposalKind.PUBLISH_PROGRAMME, 1, 0, 0, 0);
        town.agree(3, 4, ProposalKind.MOVE_FUND, 1, 0, 100_000, 0);
        town.agree(3, 4, ProposalKind.MOVE_FUND, 1, 0, -5_000, 0);
        town.agree(3, 4, ProposalKind.COMMIT_FUND, 1, 0, 95_000, 7);
        town.agree(3, 4, ProposalKind.COMMIT_FUND, 1, 0, -5_000, 8);
        town.agree(3, 4, ProposalKind.MOVE_RESERVE, 0, 0, 50_000, 77);
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
            for (int i = 0; i < 64; i++) {
                e.publicKey(i, (short) (250 - i));
            }
        });
    }

    private void handOutCards() {
        town.send(OK, OPERATOR, 3, CIRCUIT, new IssueCardsEncoder(), e -> {
            final IssueCardsEncoder.CardsEncoder cards = e.cardsCount(3);
            for (int i = 1; i <= 3; i++) {
                cards.next().tokenHi(-i).tokenLo(i);
            }
        });
        for (long card = 1; card <= 2; card++) {
            final long cardId = card;
            town.send(
                    OK,
                    OPERATOR,
                    3,
                    CIRCUIT,
                    new AssignCardEncoder(),
                    e -> e.cardId(cardId).holderId(100 + cardId).householdSize((short) 3));
            town.send(
                    OK,
                    OPERATOR,
                    3,
                    CIRCUIT,
                    new ActivateCardEncoder(),
                    e -> e.cardId(cardId).verifier().w0(RIGHT_PIN));
            town.agree(3, 4, ProposalKind.TOP_UP, cardId, 1, 20_000, 0);
        }
        town.agree(3, 4, ProposalKind.ISSUE_IES, 1, 0, 9_000, 0);
    }

    private void pay() {
        pay(OK, 1, 1_240, CaptureMode.AUTOMATIC, RIGHT_PIN);
        pay(OK, 1, 2_000, CaptureMode.MANUAL, RIGHT_PIN);
        pay(PIN_WRONG, 2, 900, CaptureMode.AUTOMATIC, 1);
        pay(OK, 2, 3_000, CaptureMode.MANUAL, RIGHT_PIN);
        pay(OK, 2, 700, CaptureMode.MANUAL, RIGHT_PIN);
        pay(OK, 1, 19_000, CaptureMode.AUTOMATIC, RIGHT_PIN);
    }

    private void pay(
            final ResultCode expected, final long card, final long amount, final CaptureMode capture, final long pin) {
        town.send(
                expected,
                TERMINAL,
                1,
                CIRCUIT,
                new PayEncoder(),
                e -> e.tokenHi(-card)
                        .tokenLo(card)
                        .billTotal(amount)
                        .eligibleAmount(amount)
                        .terminalReference(amount)
                        .capture(capture)
                        .allowIes((short) 1)
                        .allowPartial((short) 0)
                        .verifier()
                        .w0(pin));
    }

    private void changePayments() {
        town.send(
                OK,
                TERMINAL,
                1,
                CIRCUIT,
                new CapturePaymentEncoder(),
                e -> e.paymentId(2).amount(1_500));
        town.send(OK, TERMINAL, 1, CIRCUIT, new VoidPaymentEncoder(), e -> e.paymentId(4));
        town.send(
                OK,
                TERMINAL,
                1,
                CIRCUIT,
                new RefundPaymentEncoder(),
                e -> e.paymentId(1).amount(240));
        town.send(
                OK,
                TERMINAL,
                1,
                CIRCUIT,
                new RefundPaymentEncoder(),
                e -> e.paymentId(6).amount(19_000));
    }

    private void transfer() {
        town.send(
                OK,
                HOLDER,
                1,
                CIRCUIT,
                new TransferEncoder(),
                e -> e.fromWalletId(1).toWalletId(2).amount(333).expectedFee(-1));
        town.agree(3, 4, ProposalKind.REDEEM_IES, 2, 0, 100, 0);
    }

    private void grantCards() {
        town.send(OK, OPERATOR, 3, CIRCUIT, new IssueCardsEncoder(), e -> {
            final IssueCardsEncoder.CardsEncoder cards = e.cardsCount(2);
            cards.next().tokenHi(-4).tokenLo(4);
            cards.next().tokenHi(-5).tokenLo(5);
        });
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new AddDelegateEncoder(),
                e -> e.walletId(2).stockCardId(4).paymentMax(500).dayMax(900).validUntilMs(0));
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new AllowPinFreeEncoder(),
                e -> e.cardId(2).dayMax(1_000));
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new IssueErrandEncoder(),
                e -> e.walletId(2)
                        .merchantId(1)
                        .paymentMax(700)
                        .validUntilMs(TownScript.FROM_MS + 2 * DAY_MS)
                        .tokenHi(-6)
                        .tokenLo(6));
        pay(OK, 6, 300, CaptureMode.AUTOMATIC, 0);
        pay(OK, 2, 300, CaptureMode.AUTOMATIC, 0);
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new ReplaceFromStockEncoder(),
                e -> e.cardId(2).stockCardId(5));
    }

    private void awardEmergency() {
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new CreateProgrammeEncoder(),
                e -> e.categories(-1).validFromMs(TownScript.FROM_MS).validUntilMs(TownScript.FROM_MS + 300 * DAY_MS));
        town.agree(3, 4, ProposalKind.PUBLISH_PROGRAMME, 2, 0, 0, 0);
        town.agree(3, 4, ProposalKind.MOVE_FUND, 2, 0, 10_000, 0);
        town.agree(3, 4, ProposalKind.COMMIT_FUND, 2, 0, 10_000, 7);
        town.agree(3, 4, ProposalKind.SET_EMERGENCY_FUND, 2, 7, 5_000, 41);
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new AwardEmergencyEncoder(),
                e -> e.walletId(1).programmeId(2).householdId(88).amount(700).reference(42));
    }

    private void reviewEmergency() {
        town.send(
                OK,
                OPERATOR,
                4,
                CIRCUIT,
                new ReviewEmergencyEncoder(),
                e -> e.awardId(1).verdict(ReviewVerdict.OBJECTED));
    }

    private void replaceAndRevoke() {
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new ReplaceCardEncoder(),
                e -> e.cardId(1).tokenHi(77).tokenLo(78));
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new SetMerchantStatusEncoder(),
                e -> e.merchantId(1).status(MerchantStatus.SUSPENDED));
        town.send(OK, OPERATOR, 3, CIRCUIT, new RevokeTerminalEncoder(), e -> e.terminalId(1));
        town.send(
                OK,
                OPERATOR,
                3,
                CIRCUIT,
                new ResolveKeyEncoder(),
                e -> e.targetKeyHi(((TownScript.FROM_MS + DAY_MS) << 16) | 0x7000)
                        .targetKeyLo(999));
    }
}
