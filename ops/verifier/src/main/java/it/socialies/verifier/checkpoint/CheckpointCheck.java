// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.checkpoint;

import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Place;
import it.socialies.verifier.history.Why;
import it.socialies.verifier.money.CircuitTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds a history against checkpoints that were kept elsewhere, as it goes by. One thread. */
public final class CheckpointCheck {
    private record Kept(String file, Checkpoint checkpoint) {}

    private final NavigableMap<Long, List<Kept>> open = new TreeMap<>();
    private long lastAgreed;

    /** Before the history is read. */
    public void add(String file, Checkpoint checkpoint) {
        open.computeIfAbsent(checkpoint.chain().sequence(), none -> new ArrayList<>())
                .add(new Kept(file, checkpoint));
    }

    /** The newest record that a checkpoint vouches for; 0 when none does. */
    public long lastAgreed() {
        return lastAgreed;
    }

    /** The lowest record that a checkpoint not met yet speaks of; -1 when there is none. */
    public long next() {
        return open.isEmpty() ? -1 : open.firstKey();
    }

    /**
     * Compares, when a checkpoint speaks of the record that a batch ended with, or of one inside it.
     *
     * @param totals of all circuits behind the batch; null when the money was not replayed
     */
    public void onChain(Chain chain, @Nullable Supplier<List<CircuitTotals>> totals) throws NotAsWritten {
        while (!open.isEmpty() && open.firstKey() <= chain.sequence()) {
            Map.Entry<Long, List<Kept>> first = open.firstEntry();
            for (Kept kept : first.getValue()) {
                compare(kept, chain, totals);
            }
            open.pollFirstEntry();
            lastAgreed = chain.sequence();
        }
    }

    private void compare(Kept kept, Chain chain, @Nullable Supplier<List<CircuitTotals>> totals) throws NotAsWritten {
        Checkpoint checkpoint = kept.checkpoint;
        if (!checkpoint.chain().equals(chain)) {
            long last = checkpoint.chain().sequence();
            throw new NotAsWritten(
                    lastAgreed + 1,
                    last,
                    new Place("checkpoint " + kept.file, -1),
                    new Why(
                            "la storia non è quella del checkpoint: è stata riscritta in queste registrazioni; catena alla "
                                    + last + ": " + checkpoint.chain().hex() + " firmata, "
                                    + (chain.sequence() == last ? chain.hex() : "nessuna") + " trovata",
                            "the history is not the checkpoint's: it was written anew somewhere in these records; chain at "
                                    + last + ": " + checkpoint.chain().hex() + " signed, "
                                    + (chain.sequence() == last ? chain.hex() : "none") + " found"));
        }
        if (totals != null && !moved(checkpoint.circuits()).equals(moved(totals.get()))) {
            throw new NotAsWritten(
                    lastAgreed + 1,
                    chain.sequence(),
                    new Place("checkpoint " + kept.file, -1),
                    new Why(
                            "i totali firmati non sono quelli dei movimenti",
                            "the signed totals are not those of the movements"));
        }
    }

    /** Circuits in which nothing ever moved may be named or not. */
    private static List<CircuitTotals> moved(List<CircuitTotals> totals) {
        return totals.stream().filter(circuit -> !circuit.units().isEmpty()).toList();
    }

    /** When the history has ended: what was not met is missing. */
    public void finish(Chain end) throws NotAsWritten {
        if (!open.isEmpty()) {
            Kept kept = open.firstEntry().getValue().getFirst();
            long sequence = kept.checkpoint.chain().sequence();
            throw new NotAsWritten(
                    end.sequence() + 1,
                    sequence,
                    new Place("checkpoint " + kept.file, -1),
                    new Why(
                            "la storia finisce alla " + end.sequence() + ", prima della " + sequence
                                    + " del checkpoint: è stata rimessa una copia più vecchia, o la fine è stata tolta",
                            "the history ends at " + end.sequence() + ", before the checkpoint's " + sequence
                                    + ": an older copy was put back, or the end was taken away"));
        }
    }
}
