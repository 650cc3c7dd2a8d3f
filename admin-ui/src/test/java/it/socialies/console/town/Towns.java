// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.town;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.console.projection.ProjectionDatabase;
import it.socialies.console.projection.ReaderLogin;
import it.socialies.engine.projection.LedgerHashReader;
import it.socialies.engine.projection.ProjectionConfig;
import it.socialies.engine.projection.ProjectionState;
import it.socialies.engine.projection.Projector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The two towns of {@link TownLife}, projected once for all tests of a process, read with a login that may read only. Postgres ends with the process.
 */
public final class Towns {
    public static final int FIRST = 1;
    public static final int SECOND = 2;

    private static final String READER = "console_reader";
    private static final int CONNECTIONS_MAX = 4;
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);

    private static final class Holder {
        static final Towns TOWNS = new Towns();
    }

    private final EmbeddedPostgres postgres;
    private final ReaderLogin login;
    private final ProjectionDatabase projection;
    private final Instant end;

    private Towns() {
        try {
            postgres = EmbeddedPostgres.start();
            DataSource owner = postgres.getPostgresDatabase();
            TownLife life = new TownLife();
            life.live();
            project(life, owner);
            assertThat(LedgerHashReader.read(owner))
                    .isEqualTo(new LedgerHashReader.LedgerHash(
                            life.core.core.lastSequence(), life.core.core.ledgerHash()));
            end = Instant.ofEpochMilli(life.core.nowMs());
            execute(owner, "CREATE ROLE " + READER + " LOGIN PASSWORD 'r'; GRANT ies_reader TO " + READER);
            login = new ReaderLogin("localhost", postgres.getPort(), false, "postgres", READER, "r");
            projection = new ProjectionDatabase(login, CONNECTIONS_MAX, STATEMENT_TIMEOUT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Towns get() {
        return Holder.TOWNS;
    }

    private static void project(TownLife life, DataSource owner) {
        MemoryJournal journal = new MemoryJournal();
        journal.append(life.core.take());
        Projector projector = new Projector(ProjectionConfig.DEFAULT, owner, journal::reader, SystemNanoClock.INSTANCE);
        while (projector.status().lastSequence() < journal.lastSequence()) {
            projector.doWork();
            assertThat(projector.status().state())
                    .as(projector.status().reason())
                    .isEqualTo(ProjectionState.RUNNING);
        }
        projector.onClose();
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As a console reads it. */
    public ProjectionDatabase projection() {
        return projection;
    }

    /** The login behind it. */
    public ReaderLogin login() {
        return login;
    }

    /** All rows of all circuits, for counting in another way. */
    public DataSource owner() {
        return postgres.getPostgresDatabase();
    }

    /** Another database on the same server. */
    DataSource newDatabase(String name) throws SQLException {
        execute(owner(), "CREATE DATABASE " + name);
        return postgres.getDatabase("postgres", name);
    }

    /** The installation's time when all had happened. */
    public Instant end() {
        return end;
    }
}
