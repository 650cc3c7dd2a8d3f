// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.engine.journal.audit.HistoryAudit;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.ops.audit.AuditReport;
import it.socialies.ops.audit.AuditResult;
import it.socialies.ops.audit.Checkpoint;
import it.socialies.ops.audit.CheckpointKeys;
import it.socialies.ops.audit.FolderAudit;
import it.socialies.ops.terminal.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the history of an installation against itself and against what others kept of it. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Verifica la storia di un'installazione | verifies the history of an installation.")
final class AuditCommand implements Runnable {
    /** Nothing was proven, in either direction. */
    private static final int UNREADABLE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Manca il comando | a command is missing");
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Solo file, senza nodo né Postgres; a nodo acceso, fin dove la storia è durevole. Esce con 0 se è integra, 1 se è danneggiata,"
                        + " 2 se non si può leggere.",
                "Files alone, neither node nor Postgres; beside a running node, up to what is durable. Exit code 0 sound, 1 damaged, 2 could not be read."
            })
    int verify(
            @Mixin DataOption data,
            @Option(
                            names = "--checkpoint",
                            paramLabel = "FILE",
                            description = "Un checkpoint conservato altrove, JWS o JSON; anche più volte"
                                    + " | a checkpoint that was kept elsewhere, JWS or JSON; may be repeated")
                    @Nullable
                    List<Path> checkpoints,
            @Option(
                            names = "--jwks",
                            paramLabel = "FILE",
                            description = "Chiavi pubbliche del nodo, per le firme dei checkpoint"
                                    + " | the node's public keys, for the signatures of the checkpoints")
                    @Nullable
                    Path jwks) {
        List<Path> kept = checkpoints == null ? List.of() : checkpoints;
        if (jwks != null && kept.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--jwks: serve con --checkpoint | is of use with --checkpoint");
        }
        DataFolder folder = data.folder().engine();
        if (!Files.exists(folder.journal()) && !Files.exists(folder.commitLog())) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--data: " + folder.root() + ": non contiene una storia | holds no history");
        }
        try {
            return verify(folder, kept, jwks, System.out) ? Ies.AGREED : Ies.DISAGREED;
        } catch (IOException | UncheckedIOException | JournalFailure e) {
            spec.commandLine().getErr().println("Non si può leggere | could not be read: " + why(e));
            return UNREADABLE;
        }
    }

    private static boolean verify(DataFolder folder, List<Path> kept, @Nullable Path jwks, PrintStream out)
            throws IOException {
        long startNs = System.nanoTime();
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (Path file : kept) {
            checkpoints.add(Checkpoint.read(file));
        }
        CheckpointKeys keys = jwks == null ? null : CheckpointKeys.read(jwks);
        AuditResult result;
        try (Progress progress =
                Progress.start(out, "Registrazioni rilette | records read", HistoryAudit.expectedRecords(folder))) {
            result = FolderAudit.run(folder, checkpoints, keys, progress::reach);
        }
        AuditReport.print(result, (System.nanoTime() - startNs) / 1e9, out);
        return result.isSound();
    }

    private static String why(Exception e) {
        return e instanceof NoSuchFileException missing
                ? missing.getFile() + " non esiste | does not exist"
                : String.valueOf(e.getMessage());
    }
}
