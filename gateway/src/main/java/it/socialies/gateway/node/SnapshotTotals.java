// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import it.socialies.engine.snapshot.SnapshotFileReader;
import it.socialies.engine.snapshot.SnapshotFolder;
import it.socialies.engine.snapshot.SnapshotHeader;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.engine.snapshot.SnapshotUnusable;
import it.socialies.gateway.audit.Checkpoint;
import it.socialies.gateway.audit.Checkpointer;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.EpochClock;

/**
 * Makes checkpoints of the totals beside snapshots. The totals have no checksum of their own, so they are held against the header of the snapshot, which has one.
 *
 * @param issuer what the installation calls itself
 * @param wallClock dates the signature
 */
record SnapshotTotals(SnapshotFolder snapshots, String issuer, EpochClock wallClock) implements Checkpointer.Source {
    @Override
    public List<Long> sequences() throws IOException {
        return snapshots.sequences();
    }

    @Override
    public Checkpoint checkpoint(long sequence) throws IOException {
        SnapshotSummary summary = snapshots.summary(sequence);
        try (SnapshotFileReader reader = snapshots.open(sequence)) {
            verify(summary, reader.header());
        } catch (SnapshotUnusable e) {
            throw new IOException("the snapshot cannot be read", e);
        }
        return new Checkpoint(
                issuer,
                Math.floorDiv(wallClock.time(), 1_000L),
                summary.sequence(),
                summary.timestampMs(),
                summary.chain(),
                summary.coreHash(),
                summary.ledgerHash(),
                summary.circuits().stream().map(SnapshotTotals::circuit).toList());
    }

    private static void verify(SnapshotSummary summary, SnapshotHeader header) throws IOException {
        if (summary.sequence() != header.sequence()
                || !summary.chain()
                        .equals(HexFormat.of().formatHex(header.chain().hash()))
                || summary.timestampMs() != header.timestampMs()
                || summary.coreHash() != header.coreHash()
                || summary.ledgerHash() != header.ledgerHash()) {
            throw new IOException("the totals of snapshot " + header.sequence() + " are not those of the snapshot");
        }
    }

    private static Checkpoint.Circuit circuit(SnapshotSummary.Circuit circuit) {
        return new Checkpoint.Circuit(
                circuit.circuit(),
                circuit.outstanding(),
                circuit.reserve(),
                circuit.units().stream().map(SnapshotTotals::unit).toList());
    }

    private static Checkpoint.Unit unit(SnapshotSummary.Unit unit) {
        return new Checkpoint.Unit(
                unit.unit(), unit.debitsPosted(), unit.creditsPosted(), unit.debitsPending(), unit.creditsPending());
    }
}
