// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.FolderLock;
import it.socialies.ops.data.PostgresLogins;
import java.io.IOException;

/** The Postgres of a folder on which nothing runs. Stateless. */
public final class RestingPostgres {
    private RestingPostgres() {}

    /** What needs Postgres. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Works while Postgres runs: an embedded one is started for it and stopped again.
     *
     * @throws IOException when somebody uses the folder, or the work fails
     */
    public static <T> T during(DataFolder folder, Work<T> work) throws IOException {
        folder.create();
        FolderLock lock = FolderLock.tryAcquire(folder)
                .orElseThrow(() -> new IOException("La cartella è in uso e il nodo non è pronto: riprovare"
                        + " | the folder is in use and its node not ready: try again"));
        try (lock) {
            if (PostgresLogins.read(folder).superuser() == null) {
                return work.run();
            }
            EmbeddedPostgresServer postgres = new EmbeddedPostgresServer(folder);
            postgres.start();
            try {
                return work.run();
            } finally {
                postgres.stop();
            }
        }
    }
}
