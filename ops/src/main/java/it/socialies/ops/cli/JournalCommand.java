// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.ops.journal.ArchiveNow;
import it.socialies.ops.journal.JournalPrinter;
import it.socialies.ops.journal.MissingLog;
import it.socialies.ops.journal.RangeExport;
import it.socialies.ops.journal.SegmentTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the journal and looks after its files. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = "Legge il giornale, cura i suoi file | reads the journal, looks after its files.")
final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Manca il comando | a command is missing");
    }

    @Command(
            name = "print",
            mixinStandardHelpOptions = true,
            description =
                    "Una riga per registrazione, una per evento; niente PIN, niente codici delle tessere | no PINs, no card tokens.")
    int print(
            @Mixin DataOption data,
            @Option(
                            names = "--from",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Dalla registrazione | from record N")
                    long from,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "" + Long.MAX_VALUE,
                            description = "Quante | how many")
                    long limit) {
        new JournalPrinter(System.out).print(data.folder(), from, limit);
        return Ies.AGREED;
    }

    @Command(
            name = "segments",
            mixinStandardHelpOptions = true,
            description =
                    "I file che tengono la storia, nell'archivio e nel giornale | the files of archive and journal.")
    int segments(@Mixin DataOption data) {
        SegmentTable.print(data.folder(), System.out);
        return Ies.AGREED;
    }

    @Command(
            name = "archive",
            mixinStandardHelpOptions = true,
            description =
                    "Comprime nell'archivio i giorni chiusi del giornale; il nodo lo fa da solo dopo ogni istantanea"
                            + " | compresses closed days into the archive, as the node does after each snapshot.")
    int archive(
            @Mixin DataOption data,
            @Option(
                            names = "--live-days",
                            paramLabel = "N",
                            defaultValue = "2",
                            description =
                                    "Giorni prima dell'ultimo che restano come sono | days before the newest that stay")
                    int liveDays,
            @Option(
                            names = "--projected",
                            paramLabel = "N",
                            description = "Fin dove Postgres è allineato, se non si può chiederglielo"
                                    + " | how far Postgres is, when it cannot be asked")
                    @Nullable
                    Long projected)
            throws IOException {
        if (liveDays < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--live-days: 1, 2, …");
        }
        ArchiveNow.run(
                data.folder(),
                ArchiveConfig.DEFAULT.withLiveDays(liveDays),
                projected == null ? OptionalLong.empty() : OptionalLong.of(projected),
                System.out);
        return Ies.AGREED;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "I blocchi interi che tengono le registrazioni da N a M, in un file che ops/ies verify range verifica da solo"
                            + " | the whole batches that hold records N to M, in a file that ops/ies verify range verifies alone.")
    int export(
            @Mixin DataOption data,
            @Option(
                            names = "--from",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Dalla registrazione | from record N")
                    long from,
            @Option(
                            names = "--to",
                            paramLabel = "M",
                            defaultValue = "" + Long.MAX_VALUE,
                            description = "Fino alla registrazione | to record M")
                    long to,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            required = true,
                            description =
                                    "Il file da scrivere, che non deve esistere | the file to write, which must not be there")
                    Path out)
            throws IOException {
        if (from < 1 || to < from) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--from, --to: 1 ≤ N ≤ M");
        }
        RangeExport.Exported exported = RangeExport.run(data.folder(), from, to, out);
        System.out.println(String.format(
                Locale.ROOT,
                "%s: registrazioni | records %d–%d, %d blocchi | batches, %d byte",
                out,
                exported.firstSequence(),
                exported.lastSequence(),
                exported.batches(),
                exported.bytes()));
        return Ies.AGREED;
    }

    @Command(
            name = "accept-missing-log",
            mixinStandardHelpOptions = true,
            description = "Il commit log è perduto: riparte dal solo giornale, se la perdita è confermata"
                    + " | the commit log is lost: goes on from the journal alone, once the loss is confirmed.")
    int acceptMissingLog(
            @Mixin DataOption data,
            @Option(
                            names = "--confirm",
                            paramLabel = "N",
                            description = "L'ultima registrazione del giornale, come detta senza questa opzione"
                                    + " | the journal's last record, as told without this option")
                    @Nullable
                    Long confirm)
            throws IOException {
        boolean starts = MissingLog.accept(
                data.folder(), confirm == null ? OptionalLong.empty() : OptionalLong.of(confirm), System.out);
        return starts ? Ies.AGREED : Ies.DISAGREED;
    }
}
