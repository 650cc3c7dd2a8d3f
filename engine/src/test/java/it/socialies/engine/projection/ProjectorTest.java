// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.sql.DataSource;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectorTest {
    private static final ProjectionConfig SMALL_TRANSACTIONS = new ProjectionConfig(50, 0, 1, 4);
    private static final long SEED = 42;
    private static EmbeddedPostgres postgres;
    private static int databases;

    private final FakeJournal journal = new FakeJournal();
    private final TownScript town = new TownScript(SEED);
    private final StepClock clock = new StepClock();
    private final List<ProjectionStatus> heard = new ArrayList<>();
    private DataSource database;
    private FaultyConnections connections;
    private Projector projector;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void openTown() throws SQLException {
        database = newDatabase();
        connections = new FaultyConnections(database);
        projector = newProjector();
        journal.append(town.take());
    }

    @AfterEach
    void closeProjector() {
        projector.onClose();
    }

    @Test
    void shouldHoldWhatTheJournalSays() throws SQLException {
        live(40, 30);
        followToTheEnd();

        assertEqualToTheModel();
        assertThat(heard.getLast().lastSequence()).isEqualTo(journal.lastSequence());
        assertThat(number("SELECT count(*) FROM payment")).isEqualTo(town.model.payments.size());
        assertThat(number("SELECT count(*) FROM card_token")).isEqualTo(town.model.cards.size());
        assertThat(number("SELECT sum(captured_total - refunded_total) FROM payment"))
                .isEqualTo(number("SELECT sum(CASE kind WHEN 12 THEN -available ELSE available END) FROM account"
                        + " WHERE kind IN (4, 10, 11, 12)"));
        assertThat(number("SELECT count(*) FROM ledger_entry WHERE circuit_id <> 1"))
                .isZero();
        assertThat(number("SELECT count(*) FROM ledger_entry WHERE hold_id <> 0 AND payment_id = 0"))
                .isZero();
        assertThat(number("SELECT count(*) FROM command_key WHERE NOT burned AND key::text LIKE '%-7___-%'"))
                .isEqualTo(number("SELECT count(*) FROM command_key WHERE NOT burned"));
        assertThat(number("SELECT fee_residue FROM circuit")).isEqualTo(25 * number("SELECT count(*) FROM transfer"));
        assertThat(number("SELECT funded - available - in_pockets - held - payable - settling - paid_out + receivable"
                        + " FROM programme_balance"))
                .isZero();
        assertThat(number("SELECT reserve - outstanding FROM circuit_balance")).isEqualTo(899_500 - 199_500);
        assertThat(number("SELECT fund_account_id FROM programme")).isEqualTo(2);
        assertThat(number("SELECT count(*) FROM operator")).isEqualTo(2);
        assertThat(number(
                        "SELECT count(*) FROM proposal WHERE get_byte(digest, 0) = 255 AND octet_length(digest) = 32"))
                .isEqualTo(town.lastProposal());
    }

    @Test
    void shouldKnowWhichCentsEachLinePaysHoweverRecordsAreGathered() throws SQLException {
        live(158, 40);
        followToTheEnd();
        assertEqualToTheModel();
        for (final String some : List.of(
                "settlement WHERE state = 2 AND lines = 3",
                "settlement WHERE state = 3 AND decided_sequence > sequence",
                "settlement_line WHERE state = 3 AND outcome = 1 AND ordered_sequence < outcome_sequence",
                "settlement_line WHERE state = 4 AND outcome = 2 AND changed_sequence > outcome_sequence",
                "settlement_line WHERE state = 5 AND parts > 0",
                "settlement_line WHERE netted > 0 AND to_pay > 0",
                "settlement_line_change WHERE outcome = 2 AND reference = 41",
                "settlement_line_change WHERE outcome = 4 AND state = 1",
                "settled_part WHERE amount < 0 AND NOT given_up",
                "settled_part WHERE amount < 0 AND given_up",
                "repaid_part WHERE payment_id <> 0",
                "dispute WHERE refunded > 0 AND refunded < amount",
                "dispute WHERE decided_sequence <> 0 AND refunded = 0",
                "disputed_part p JOIN settled_part USING (hold_id) JOIN dispute d USING (dispute_id) JOIN settlement_line l USING (line_id)"
                        + " WHERE l.sequence > d.sequence AND (l.sequence < d.decided_sequence OR d.decided_sequence = 0)",
                "payee WHERE held AND confirmed_sequence > sequence",
                "account WHERE kind = 12 AND available > 0")) {
            assertThat(number("SELECT count(*) FROM " + some)).as(some).isPositive();
        }

        final DataSource gatheredOtherwise = newDatabase();
        final Projector other =
                new Projector(ProjectionConfig.DEFAULT, gatheredOtherwise, journal::reader, System::nanoTime);
        follow(other);
        other.onClose();
        SettledPartsAssert.assertSettled(gatheredOtherwise, town.settlements);
    }

    @Test
    void shouldExplainEveryCounterByItsEntries() throws SQLException {
        live(20, 50);
        followToTheEnd();

        assertThat(number("""
                        SELECT count(*) FROM account a
                        WHERE a.debits_posted <> (SELECT coalesce(sum(e.amount), 0) FROM ledger_entry e
                                                  WHERE e.debit_account_id = a.account_id AND e.kind IN (131, 133, 134, 136))
                           OR a.credits_posted <> (SELECT coalesce(sum(e.amount), 0) FROM ledger_entry e
                                                   WHERE e.credit_account_id = a.account_id AND e.kind IN (131, 133, 134, 136))
                           OR a.debits_pending <> (SELECT coalesce(sum(CASE e.kind WHEN 132 THEN e.amount WHEN 135 THEN -e.amount
                                                                      ELSE -e.amount - e.released END), 0) FROM ledger_entry e
                                                   WHERE e.debit_account_id = a.account_id AND e.kind IN (132, 134, 135))""")).isZero();
    }

    @Test
    void shouldWriteEachRecordOnceWhenConnectionsBreakAroundCommits() throws SQLException {
        final Random random = new Random(SEED);
        for (int i = 0; i < 60; i++) {
            live(1, 20);
            if (random.nextBoolean()) {
                connections.breakNext(
                        random.nextBoolean()
                                ? FaultyConnections.Fault.BEFORE_COMMIT
                                : FaultyConnections.Fault.AFTER_COMMIT);
            }
            projector.doWork();
            clock.advanceMs(10);
        }
        followToTheEnd();

        assertEqualToTheModel();
        assertThat(heard).anyMatch(status -> status.reason().contains("AFTER_COMMIT"));
        assertThat(heard).anyMatch(status -> status.reason().contains("BEFORE_COMMIT"));
    }

    @Test
    void shouldGoOnWhereAnotherProjectorStopped() throws SQLException {
        live(10, 30);
        projector.doWork();
        projector.doWork();
        final long reached = projector.status().lastSequence();
        projector.onClose();
        assertThat(reached).isPositive().isLessThan(journal.lastSequence());

        projector = newProjector();
        projector.doWork();
        assertThat(projector.status().lastSequence()).isEqualTo(reached);
        followToTheEnd();

        assertEqualToTheModel();
    }

    @Test
    void shouldYieldToAWriterThatMovedThePosition() throws SQLException {
        live(5, 30);
        final Projector other = new Projector(SMALL_TRANSACTIONS, database, journal::reader, clock);
        projector.doWork();
        other.doWork();
        for (int i = 0; i < 20; i++) {
            projector.doWork();
            other.doWork();
        }
        other.onClose();

        assertThat(projector.status().state()).isEqualTo(ProjectionState.RUNNING);
        assertEqualToTheModel();
    }

    @Test
    void shouldRefuseAJournalWithAnotherHistory() throws SQLException {
        followToTheEnd();
        projector.onClose();
        execute(database, "UPDATE projection.position SET chain_hash = decode(repeat('ab', 32), 'hex')");

        projector = newProjector();
        projector.doWork();

        assertThat(projector.status().state()).isEqualTo(ProjectionState.REFUSED);
        assertThat(projector.status().reason()).contains("chain hash", String.valueOf(journal.lastSequence()));
        assertThat(projector.doWork()).isZero();
    }

    @Test
    void shouldRefuseAnEventItDoesNotKnow() {
        followToTheEnd();
        final RecordWriter writer = new RecordWriter();
        writer.begin(journal.lastSequence() + 1, TownScript.UNTIL_MS, 1, ResultCode.OK, 0);
        writer.unknownEvent(299);
        journal.append(List.of(writer.end()));

        projector.doWork();

        assertThat(projector.status().state()).isEqualTo(ProjectionState.REFUSED);
        assertThat(projector.status().reason()).contains("299");
    }

    @Test
    void shouldRefuseRowsThatSomebodyElseChangedAndGoOnOnceCured() throws SQLException {
        followToTheEnd();
        execute(database, "ALTER TABLE projection.account RENAME TO account_away");
        live(1, 50);
        projector.doWork();
        assertThat(projector.status().state()).isEqualTo(ProjectionState.REFUSED);
        assertThat(projector.status().reason()).contains("account");

        execute(database, "ALTER TABLE projection.account_away RENAME TO account");
        projector.retry();
        followToTheEnd();

        assertEqualToTheModel();
    }

    @Test
    void shouldCommitALoneRecordAtOnceAndThenPause() {
        final ProjectionConfig config = new ProjectionConfig(1_000, 10, 1, 4);
        projector.onClose();
        projector = new Projector(config, database, journal::reader, clock);
        clock.advanceMs(100);
        projector.doWork();
        projector.doWork();
        final long reached = projector.status().lastSequence();
        assertThat(reached).isEqualTo(journal.lastSequence());

        live(1, 5);
        projector.doWork();
        assertThat(projector.status().lastSequence()).isEqualTo(reached);
        clock.advanceMs(10);
        projector.doWork();
        assertThat(projector.status().lastSequence()).isEqualTo(journal.lastSequence());
    }

    @Test
    void shouldPrintItsThroughput() throws SQLException {
        live(40, 500);
        projector.onClose();
        projector = new Projector(ProjectionConfig.DEFAULT, database, journal::reader, System::nanoTime);
        final long startNs = System.nanoTime();
        follow(projector);
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "projection: %,d records (%,d payments, %,d ledger entries) in %.2f s = %,.0f records/s, migration included%n",
                journal.lastSequence(),
                number("SELECT count(*) FROM payment"),
                number("SELECT count(*) FROM ledger_entry"),
                seconds,
                journal.lastSequence() / seconds);
        assertEqualToTheModel();
    }

    private static DataSource newDatabase() throws SQLException {
        final String name = "projection_" + ++databases;
        execute(postgres.getPostgresDatabase(), "CREATE DATABASE " + name);
        return postgres.getDatabase("postgres", name);
    }

    private Projector newProjector() {
        final Projector created = new Projector(SMALL_TRANSACTIONS, connections.dataSource(), journal::reader, clock);
        created.addListener(heard::add);
        return created;
    }

    /** Lets the town live: {@code batches} batches of about {@code things} records. */
    private void live(final int batches, final int things) {
        for (int i = 0; i < batches; i++) {
            journal.append(town.happen(things));
        }
    }

    /** In true time, and no longer than it runs. */
    private void follow(final Projector following) {
        while (following.status().lastSequence() < journal.lastSequence()) {
            following.doWork();
            assertThat(following.status().state())
                    .as(following.status().reason())
                    .isEqualTo(ProjectionState.RUNNING);
        }
    }

    private void followToTheEnd() {
        for (int i = 0; projector.status().lastSequence() < journal.lastSequence(); i++) {
            assertThat(i).as(projector.status().toString()).isLessThan(10_000);
            projector.doWork();
            clock.advanceMs(10);
        }
    }

    private void assertEqualToTheModel() throws SQLException {
        assertThat(LedgerHashReader.read(database))
                .isEqualTo(new LedgerHashReader.LedgerHash(journal.lastSequence(), town.model.ledgerHash()));
        SettledPartsAssert.assertSettled(database, town.settlements);
    }

    private long number(final String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO projection");
            try (ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void execute(final DataSource dataSource, final String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class StepClock implements NanoClock {
        private long nowNs = 1;

        void advanceMs(final long ms) {
            nowNs += ms * 1_000_000;
        }

        @Override
        public long nanoTime() {
            return nowNs;
        }
    }
}
