// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.audit.HistoryAudit;
import it.socialies.engine.journal.audit.HistoryReport;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.snapshot.SnapshotSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Audits a data folder by its files alone, a node running on it or not: the history against itself, a replay of it, the snapshots, and checkpoints that
 * were kept elsewhere, all held against each other. Changes nothing. Used once, by one thread.
 */
public final class FolderAudit {
    private final DataFolder folder;
    private final List<Checkpoint> checkpoints;
    private final @Nullable CheckpointKeys keys;
    private final List<String> agreements = new ArrayList<>();
    private final List<AuditFault> faults = new ArrayList<>();

    private FolderAudit(DataFolder folder, List<Checkpoint> checkpoints, @Nullable CheckpointKeys keys) {
        this.folder = folder;
        this.checkpoints = checkpoints.stream()
                .sorted(Comparator.comparingLong(
                        checkpoint -> checkpoint.claims().sequence()))
                .toList();
        this.keys = keys;
    }

    /**
     * Audits.
     *
     * @param keys for the signatures of the checkpoints; null when they are not to be checked
     * @param progress receives the last record looked at, now and then
     * @throws CheckpointUnusable when a checkpoint has no signature to check
     * @throws IOException when a file cannot be read at all
     */
    public static AuditResult run(
            DataFolder folder, List<Checkpoint> checkpoints, @Nullable CheckpointKeys keys, LongConsumer progress)
            throws IOException {
        return new FolderAudit(folder, checkpoints, keys).run(progress);
    }

    private AuditResult run(LongConsumer progress) throws IOException {
        List<String> signatures = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            signatures.add(signature(checkpoint));
        }
        OwnCheckpoints own = OwnCheckpoints.of(folder);
        SnapshotExamination snapshots = SnapshotExamination.of(folder, FolderAudit::newCore);
        Set<Long> watched = new HashSet<>();
        snapshots.claims().forEach(claim -> watched.add(claim.summary().sequence()));
        checkpoints.forEach(checkpoint -> watched.add(checkpoint.claims().sequence()));
        own.checkpoints().forEach(checkpoint -> watched.add(checkpoint.claims().sequence()));
        ReplayedHistory replay = new ReplayedHistory(newCore(), watched, progress);
        HistoryReport history = HistoryAudit.run(folder, replay);
        List<AuditFault> found = new ArrayList<>();
        history.faults().forEach(fault -> found.add(HistoryWords.of(fault)));
        found.addAll(replay.faults());
        boolean isCut =
                found.stream().anyMatch(fault -> fault.isDamage() && fault.lastSequence() > replay.lastSequence());
        snapshots.claims().forEach(claim -> compareSnapshot(claim, replay, isCut));
        compareOwn(own.checkpoints(), replay, isCut);
        compareCheckpoints(signatures, replay, isCut);
        found.addAll(snapshots.faults());
        found.addAll(own.faults());
        found.addAll(faults);
        return new AuditResult(history, replay.end(), replay.lastMerkleRoot(), agreements, found);
    }

    private static CoreService newCore() {
        return new ClearingCore(CoreLimits.defaults());
    }

    private void compareSnapshot(SnapshotExamination.Claim claim, ReplayedHistory replay, boolean isCut) {
        long sequence = claim.summary().sequence();
        List<String> differences = differences(claim.summary(), replay);
        if (sequence > replay.lastSequence()) {
            String end = end(replay);
            if (isCut) {
                agreements.add(claim.file() + ": non confrontata, " + end);
            } else {
                faults.add(AuditFault.damage(
                        claim.file(),
                        sequence,
                        "l'istantanea è più avanti della storia: è stata rimessa una copia più vecchia",
                        "the snapshot is ahead of the history: an older copy was put back",
                        "the history ends at record " + replay.lastSequence() + ", before the snapshot's record "
                                + sequence));
            }
        } else if (differences.isEmpty()) {
            agreements.add(claim.file() + ": concorda con la storia | agrees with the history");
        } else {
            faults.add(AuditFault.damage(
                    claim.file(),
                    sequence,
                    "l'istantanea non è di questa storia",
                    "the snapshot is not of this history",
                    String.join("; ", differences)));
        }
    }

    private static String end(ReplayedHistory replay) {
        return "la storia si può seguire solo fino alla registrazione " + replay.lastSequence()
                + " | not compared, the history can be followed only up to record " + replay.lastSequence();
    }

    private static List<String> differences(SnapshotSummary claimed, ReplayedHistory replay) {
        SnapshotSummary found = replay.at(claimed.sequence());
        return found == null
                ? List.of("no batch of the history ends at record " + claimed.sequence())
                : Differences.between(claimed, found);
    }

    // ---------------------------------------------------------------- checkpoints

    /** What is to be said of its signature; one that is wrong is a fault. */
    private String signature(Checkpoint checkpoint) throws CheckpointUnusable {
        CheckpointKeys known = keys;
        if (known == null) {
            return "firma NON verificata (manca --jwks) | signature NOT checked (no --jwks)";
        }
        if (checkpoint.jws() == null) {
            throw new CheckpointUnusable(checkpoint.file()
                    + ": non ha una firma da verificare | has no signature to check; keep the JWS, not only its JSON");
        }
        String wrong = known.fault(checkpoint.jws());
        if (wrong == null) {
            return "firma verificata, chiave | signature good, key "
                    + checkpoint.jws().getHeader().getKeyID();
        }
        faults.add(AuditFault.damage(
                place(checkpoint.file()),
                checkpoint.claims().sequence(),
                "la firma del checkpoint non è dell'installazione: non prova nulla",
                "the checkpoint's signature is not the installation's: it proves nothing",
                wrong));
        return "firma ERRATA | WRONG signature";
    }

    private void compareOwn(List<Checkpoint> own, ReplayedHistory replay, boolean isCut) {
        long agreedUpTo = 0;
        int agreed = 0;
        for (Checkpoint checkpoint : own) {
            List<String> differences = differences(checkpoint.claims(), replay);
            String place = OwnCheckpoints.place(checkpoint.file());
            if (checkpoint.claims().sequence() > replay.lastSequence()) {
                notReached(place, checkpoint, replay, isCut);
            } else if (differences.isEmpty()) {
                agreedUpTo = checkpoint.claims().sequence();
                agreed++;
            } else {
                rewritten(place, checkpoint, agreedUpTo, differences);
            }
        }
        if (!own.isEmpty()) {
            agreements.add("checkpoints/: " + agreed + "/" + own.size()
                    + " concordano con la storia | agree with the history");
        }
    }

    private void compareCheckpoints(List<String> signatures, ReplayedHistory replay, boolean isCut) {
        long agreedUpTo = 0;
        for (int i = 0; i < checkpoints.size(); i++) {
            Checkpoint checkpoint = checkpoints.get(i);
            SnapshotSummary claims = checkpoint.claims();
            String name = "checkpoint " + checkpoint.file().getFileName() + ", record " + claims.sequence() + ": ";
            List<String> differences = differences(claims, replay);
            if (claims.sequence() > replay.lastSequence()) {
                notReached(place(checkpoint.file()), checkpoint, replay, isCut);
                agreements.add(name
                        + (isCut ? "non confrontato, " + end(replay) : "NON raggiunto | NOT reached")
                        + "; " + signatures.get(i));
            } else if (differences.isEmpty()) {
                agreedUpTo = claims.sequence();
                agreements.add(name + "concorda con la storia | agrees with the history; " + signatures.get(i));
            } else {
                rewritten(place(checkpoint.file()), checkpoint, agreedUpTo, differences);
                agreements.add(name + "NON concorda | does NOT agree; " + signatures.get(i));
            }
        }
    }

    private void notReached(String place, Checkpoint checkpoint, ReplayedHistory replay, boolean isCut) {
        if (!isCut) {
            long claimed = checkpoint.claims().sequence();
            faults.add(AuditFault.damage(
                    place,
                    claimed,
                    "è stata rimessa una copia più vecchia, o la fine della storia è stata tolta",
                    "an older copy was put back, or the end of the history was taken away",
                    "the history ends at " + replay.lastSequence() + ", before the checkpoint's " + claimed));
        }
    }

    private void rewritten(String place, Checkpoint checkpoint, long agreedUpTo, List<String> differences) {
        faults.add(new AuditFault(
                true,
                place,
                agreedUpTo + 1,
                checkpoint.claims().sequence(),
                "la storia non è quella del checkpoint: è stata riscritta in queste registrazioni",
                "the history is not the checkpoint's: it was written anew somewhere in these records",
                "differs from the checkpoint at record " + checkpoint.claims().sequence() + ": "
                        + String.join("; ", differences)));
    }

    private static String place(Path file) {
        return "checkpoint " + file;
    }
}
