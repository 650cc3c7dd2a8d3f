// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Worlds, one after the other, on a Postgres of their own. One thread; several simulations may run beside each other.
 *
 * <p>Real files below the simulated disks lie in memory where the system has a place for it.
 */
public final class Simulation implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final EmbeddedPostgres postgres;
    private final ProjectionDatabase database;

    private Simulation(EmbeddedPostgres postgres, ProjectionDatabase database) {
        this.postgres = postgres;
        this.database = database;
    }

    /** Starts a Postgres in a temporary folder. */
    public static Simulation open() throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        try {
            return new Simulation(postgres, new ProjectionDatabase(postgres.getPostgresDatabase()));
        } catch (SQLException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    /**
     * Lives through one world.
     *
     * @param seed gives the world: the same one, however often
     * @param commands that its clients send
     * @return what happened there, in one line
     * @throws Violation when a promise did not hold; its message tells the last steps
     */
    public String run(long seed, long commands) throws Exception {
        Path memory = temporaryFolder();
        try {
            return new World(seed, commands, memory, database).run().line();
        } finally {
            Files.deleteIfExists(memory);
        }
    }

    private static Path temporaryFolder() throws IOException {
        return Files.isWritable(SHARED_MEMORY)
                ? Files.createTempDirectory(SHARED_MEMORY, "ies-world-")
                : Files.createTempDirectory("ies-world-");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
