// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import it.socialies.engine.journal.audit.HistoryReport;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.terminal.TextTable;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/** Shows what an audit found: figures, agreements, faults, and as the last line the verdict. */
public final class AuditReport {
    /** Where a whole file is gone, its batches would be told one by one. */
    private static final int FAULTS_SHOWN_MAX = 100;

    private final AuditResult result;
    private final PrintStream out;

    private AuditReport(AuditResult result, PrintStream out) {
        this.result = result;
        this.out = out;
    }

    /** Prints. */
    public static void print(AuditResult result, double seconds, PrintStream out) {
        AuditReport report = new AuditReport(result, out);
        report.history();
        report.totals();
        report.result.agreements().forEach(out::println);
        report.faults();
        report.more();
        report.nextStart();
        report.verdict(seconds);
        out.flush();
    }

    private void history() {
        HistoryReport history = result.history();
        if (history.live()) {
            out.println("Un motore usa la cartella: letto fin dove era durevole all'inizio"
                    + " | an engine uses the folder: read up to what was durable at the beginning");
        }
        line(
                "registrazioni | records",
                "1 … %,d, %,d batches, %,d bytes",
                history.end().sequence(),
                history.batches(),
                history.bytes());
        line("nel giornale fino a | in the journal up to", "%,d", history.journalSequence());
        line("durevoli secondo il commit log | durable by the commit log", "%,d", history.markSequence());
        SnapshotSummary end = result.end();
        if (end != null) {
            line(
                    "tempo | time",
                    "%s … %s",
                    Instant.ofEpochMilli(history.firstTimestampMs()),
                    Instant.ofEpochMilli(history.lastTimestampMs()));
            line("catena | chain", "%s", HexFormat.of().formatHex(history.end().hash()));
            line("radice di Merkle dell'ultimo blocco | Merkle root of the last batch", "%s", result.merkleRoot());
            line("coreHash", "%016x", end.coreHash());
            line("ledgerHash", "%016x", end.ledgerHash());
        }
    }

    private void line(String name, String format, Object... values) {
        out.println(name + ": " + String.format(Locale.ROOT, format, values));
    }

    private void totals() {
        SnapshotSummary end = result.end();
        if (end == null || end.circuits().isEmpty()) {
            return;
        }
        out.println();
        TextTable table = new TextTable(
                "somme | totals",
                "unità | unit",
                "dare | debits",
                "avere | credits",
                "impegnato | held",
                "IES in giro | out",
                "riserva | reserve");
        for (SnapshotSummary.Circuit circuit : end.circuits()) {
            String name = "cir_" + Integer.toString(circuit.circuit(), Character.MAX_RADIX);
            for (SnapshotSummary.Unit unit : circuit.units()) {
                table.row(
                        name,
                        unit.unit(),
                        Cents.format(unit.debitsPosted()),
                        Cents.format(unit.creditsPosted()),
                        Cents.format(unit.debitsPending()),
                        "",
                        "");
            }
            table.row(name, "", "", "", "", Cents.format(circuit.outstanding()), Cents.format(circuit.reserve()));
        }
        table.print(out);
        out.println();
    }

    private void faults() {
        for (AuditFault fault : result.faults().stream().limit(FAULTS_SHOWN_MAX).toList()) {
            out.println();
            out.println((fault.isDamage() ? "GUASTO | FAULT: " : "DA SISTEMARE ALL'AVVIO | MENDED BY A START: ")
                    + fault.place()
                    + records(fault));
            out.println("  " + fault.italian() + " | " + fault.english());
            if (!fault.detail().isEmpty()) {
                out.println("  " + fault.detail());
            }
        }
    }

    private void more() {
        int more = result.faults().size() - FAULTS_SHOWN_MAX;
        if (more > 0) {
            out.println();
            out.println("… e altri | and more: " + more);
        }
    }

    private static String records(AuditFault fault) {
        if (fault.firstSequence() == 0) {
            return "";
        }
        return fault.firstSequence() == fault.lastSequence()
                ? ", record " + fault.firstSequence()
                : ", records " + fault.firstSequence() + "–" + fault.lastSequence();
    }

    private void nextStart() {
        HistoryReport.Start start = result.history().start();
        if (start.refusal() != null) {
            out.println();
            out.println("Un avvio che rilegge quel punto rifiuta | a start that reads that place refuses: "
                    + start.refusal());
        } else if (!result.history().live()) {
            mended(start);
        }
    }

    private void mended(HistoryReport.Start start) {
        if (start.takenOver() > 0) {
            out.println(
                    "Un avvio che rilegge quel punto riporta nel giornale dal commit log | a start that reads that place takes over from"
                            + " the commit log: "
                            + String.format(Locale.ROOT, "%,d records", start.takenOver()));
        }
        if (start.rewritesJournal()) {
            out.println("e riscrive i file alterati del giornale, conservando gli originali"
                    + " | and writes the altered files of the journal again, keeping the originals");
            out.println(
                    "Da un'istantanea più nuova non lo rilegge: per rimediare ora, ferma il nodo, sposta altrove snapshots/, riavvia"
                            + " | from a newer snapshot it does not: to mend it now, stop the node, move snapshots/ elsewhere, start");
        }
    }

    private void verdict(double seconds) {
        out.println();
        long damage = result.faults().stream().filter(AuditFault::isDamage).count();
        String time = String.format(Locale.ROOT, "%.1f s", seconds);
        out.println(
                damage == 0
                        ? String.format(
                                Locale.ROOT,
                                "INTEGRA | SOUND: registrazioni | records 1 … %,d, %s",
                                result.history().end().sequence(),
                                time)
                        : "DANNEGGIATA | DAMAGED: guasti | faults " + damage + ", " + time);
    }
}
