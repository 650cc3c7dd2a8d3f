// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import it.socialies.engine.archive.ArchiveRun;
import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.archive.ArchiveReport;
import it.socialies.engine.projection.ProjectionPosition;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.run.RestingPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Archives the days that are due at once, beside a running node or without one. */
public final class ArchiveNow {
    private ArchiveNow() {}

    /**
     * Archives and says what.
     *
     * @param projected up to which record Postgres has the rows; asked of Postgres when it is not given
     */
    public static void run(DataFolder folder, ArchiveConfig config, OptionalLong projected, PrintStream out)
            throws IOException {
        long upTo = projected.isPresent() ? projected.getAsLong() : projectedSequence(folder);
        ArchiveReport report = ArchiveRun.run(folder.engine(), config, upTo);
        report.lines().forEach(out::println);
        if (report.segments() == 0) {
            out.println("Niente da archiviare: servono giorni chiusi da più di " + config.liveDays()
                    + " giorni, due istantanee successive e Postgres allineato | Nothing to archive: it takes days older than "
                    + config.liveDays() + " days, two later snapshots, and a Postgres that has them");
        }
        out.flush();
    }

    private static long projectedSequence(DataFolder folder) throws IOException {
        return Files.exists(folder.gatewayUrl())
                ? askPostgres(folder)
                : RestingPostgres.during(folder, () -> askPostgres(folder));
    }

    private static long askPostgres(DataFolder folder) throws IOException {
        try {
            return ProjectionPosition.lastSequence(PostgresLogins.read(folder).projectionSource());
        } catch (SQLException e) {
            throw new IOException(
                    "Postgres non risponde: riprovare, o indicare --projected N | Postgres does not answer: try again, or give --projected N: "
                            + e.getMessage(),
                    e);
        }
    }
}
