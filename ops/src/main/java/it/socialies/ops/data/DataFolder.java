// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where everything of one installation lies; the table is in {@code ops/docs/data-folder.md}. */
public record DataFolder(Path root) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    public Path postgresSecret() {
        return secrets().resolve("postgres.json");
    }

    public Path bootstrapOperators() {
        return secrets().resolve("bootstrap-operators.json");
    }

    public Path demoLogins() {
        return secrets().resolve("demo-logins.json");
    }

    /** Of a circuit that a scenario made. */
    public Path scenarioLogins(String circuitId) {
        return secrets().resolve("balestrate-" + circuitId + "-logins.json");
    }

    public Path demoTown() {
        return root.resolve("demo-town.json");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    /** The same folder as the engine sees it: its history. */
    public it.socialies.engine.journal.files.DataFolder engine() {
        return it.socialies.engine.journal.files.DataFolder.at(root);
    }

    public Path commitLog() {
        return root.resolve("commit-log");
    }

    public Path scenarios() {
        return root.resolve("scenarios");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path nodePid() {
        return run().resolve("node.pid");
    }

    public Path consolePid() {
        return run().resolve("console.pid");
    }

    public Path postgresPid() {
        return run().resolve("postgres.pid");
    }

    public Path gatewayUrl() {
        return run().resolve("gateway.url");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Written by the node itself. */
    public Path nodeLog() {
        return logs().resolve("node.log");
    }

    /** What the node's process says outside its log. */
    public Path nodeOutput() {
        return logs().resolve("node.out");
    }

    public Path consoleLog() {
        return logs().resolve("console.log");
    }

    public Path postgresLog() {
        return logs().resolve("postgres.log");
    }

    /** Makes the folders that are missing, readable by their owner only. */
    public void create() throws IOException {
        for (Path folder : new Path[] {root, secrets(), postgres(), run(), logs(), scenarios()}) {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }
}
