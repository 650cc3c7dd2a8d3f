// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.history;

import static it.socialies.verifier.bytes.LittleEndian.i32;

import it.socialies.verifier.bytes.Crc;
import it.socialies.verifier.bytes.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a row of batches is one unbroken history: framing, checksums, sequences, stamps, marks, Merkle roots and chain, all computed anew. Each batch is given in
 * order; the first thing that is wrong ends it. What the records say is told to a {@link RecordCheck}. Holds one batch at a time. One thread.
 */
public final class HistoryCheck {
    /** Judges what a record says. */
    public interface RecordCheck {
        /**
         * Takes the next record, whose bytes are good.
         *
         * @param place where it begins
         * @throws NotAsWritten when it is one that the rules do not allow
         */
        void onRecord(Entry record, Place place) throws NotAsWritten;
    }

    private final Sha256 sha = new Sha256();
    private final RecordCheck records;
    private Chain chain;
    private long lastStampMs;
    private long lastMark;
    private long endPosition;
    private long batches;
    private long bytes;
    private long firstStampMs;
    private @Nullable Batch before;

    /** Begins behind a known place: {@link Chain#START}, or what a range says it begins with. */
    public HistoryCheck(Chain from, RecordCheck records) {
        this.chain = from;
        this.records = records;
    }

    /** The chain behind the last good batch. */
    public Chain chain() {
        return chain;
    }

    public long batches() {
        return batches;
    }

    /** Bytes of the good batches. */
    public long bytes() {
        return bytes;
    }

    /** Stamp of the first record, milliseconds since the epoch; 0 when there was none. */
    public long firstStampMs() {
        return firstStampMs;
    }

    /** Stamp of the last record. */
    public long lastStampMs() {
        return lastStampMs;
    }

    /** Position of the last good batch in the commit log; -1 before the first. */
    public long lastPosition() {
        return before == null ? -1 : before.logPosition();
    }

    /** Position behind the last good batch in the commit log. */
    public long endPosition() {
        return endPosition;
    }

    /** Takes the next batch, whole. A bare mark only has to stand behind the chain it names. */
    public void accept(Batch batch) throws NotAsWritten {
        checkPlaceInHistory(batch);
        List<Entry> found = checkBody(batch);
        boolean hasRoot = found.isEmpty() || Arrays.equals(batch.claimedRoot(), rootOf(found));
        for (Entry record : found) {
            records.onRecord(record, batch.place().plus(record.offset()));
        }
        if (!hasRoot) {
            throw wrong(
                    batch,
                    "le registrazioni non hanno la radice di Merkle che il blocco dichiara: una di esse non è quella scritta",
                    "the records do not have the Merkle root that their batch claims: one of them is not what was written");
        }
        if (!found.isEmpty()) {
            firstStampMs = firstStampMs == 0 ? found.getFirst().timestampMs() : firstStampMs;
            lastStampMs = found.getLast().timestampMs();
            chain = chain.next(sha, batch.claimedRoot(), batch.count());
            before = header(batch);
            batches++;
            bytes += batch.length();
        }
        lastMark = batch.mark();
        endPosition = batch.endPosition();
    }

    private static Batch header(Batch batch) {
        return new Batch(Arrays.copyOf(batch.bytes(), Batch.HEADER_LENGTH), batch.place());
    }

    private void checkPlaceInHistory(Batch batch) throws NotAsWritten {
        long next = chain.sequence() + 1;
        if (!batch.hasIntactHeader()) {
            throw new NotAsWritten(
                    next,
                    batch.place(),
                    new Why(
                            "l'intestazione del blocco non è quella scritta",
                            "the header of the batch is not what was written"));
        }
        long first = batch.firstSequence();
        if (first > next) {
            throw new NotAsWritten(
                    next,
                    first - 1,
                    batch.place(),
                    first == next + 1
                            ? new Why("manca la registrazione " + next, "record " + next + " is missing")
                            : new Why(
                                    "mancano le registrazioni " + next + "–" + (first - 1),
                                    "records " + next + "–" + (first - 1) + " are missing"));
        }
        if (first < next) {
            throw new NotAsWritten(
                    first,
                    Math.max(first, batch.lastSequence()),
                    batch.place(),
                    new Why(
                            "un blocco sta due volte, o fuori dal suo posto: qui era attesa la registrazione " + next,
                            "a batch stands again, or out of its place: record " + next + " was expected here"));
        }
        if (!batch.claimedBefore().equals(chain)) {
            throw brokenChain(batch);
        }
        if (batch.logPosition() < endPosition || batch.logPosition() % Batch.BLOCK != 0) {
            throw wrong(
                    batch,
                    "la posizione nel commit log non segue quella del blocco precedente",
                    "its position in the commit log does not follow that of the batch before");
        }
        if (batch.mark() < lastMark || batch.mark() >= next) {
            throw wrong(
                    batch,
                    "il contrassegno di durevolezza " + batch.mark() + " contraddice quello precedente, " + lastMark,
                    "its mark " + batch.mark() + " contradicts the one before, " + lastMark);
        }
    }

    /** Both batches are sound in themselves, so it is the earlier one that was altered, or another history begins. */
    private NotAsWritten brokenChain(Batch batch) {
        Batch altered = before;
        long next = batch.firstSequence();
        Why why = new Why(
                "il blocco della registrazione " + next
                        + " continuava un'altra catena: il blocco prima è stato alterato, o da lì in poi è un'altra storia",
                "the batch of record " + next
                        + " continued another chain: the batch before was altered, or another history begins here");
        return altered == null
                ? new NotAsWritten(next, Math.max(next, batch.lastSequence()), batch.place(), why)
                : new NotAsWritten(altered.firstSequence(), altered.lastSequence(), altered.place(), why);
    }

    private List<Entry> checkBody(Batch batch) throws NotAsWritten {
        List<Entry> found = new ArrayList<>();
        byte[] body = batch.bytes();
        int limit = batch.length();
        int at = Batch.HEADER_LENGTH;
        long stampMs = lastStampMs;
        for (long sequence = batch.firstSequence(); sequence <= batch.lastSequence(); sequence++) {
            Entry record = Entry.at(body, at, limit);
            checkRecord(batch, record, sequence, at, stampMs);
            if (record == null) {
                break;
            }
            stampMs = record.timestampMs();
            found.add(record);
            int end = at + record.length();
            at = Math.min(limit, (end + 7) / 8 * 8);
            checkZeros(batch, end, at, sequence);
        }
        if (at != limit || batch.bodyCrc() != Crc.of(body, Batch.HEADER_LENGTH, limit)) {
            throw wrong(
                    batch,
                    "il corpo del blocco non è quello di cui dice la somma di controllo",
                    "the body of the batch is not what its checksum was made of");
        }
        return found;
    }

    private void checkRecord(Batch batch, @Nullable Entry record, long sequence, int at, long stampMs)
            throws NotAsWritten {
        Place place = batch.place().plus(at);
        if (record == null) {
            throw new NotAsWritten(
                    sequence,
                    batch.lastSequence(),
                    place,
                    new Why(
                            "la registrazione non ha la lunghezza scritta: "
                                    + lengthAt(batch.bytes(), at, batch.length()),
                            "the record has not the length that was written: "
                                    + lengthAt(batch.bytes(), at, batch.length())));
        }
        if (!record.hasGoodCrc()) {
            throw new NotAsWritten(
                    sequence,
                    place,
                    new Why(
                            "la registrazione non è quella scritta: somma di controllo errata",
                            "the record is not what was written: its checksum is wrong"));
        }
        if (record.sequence() != sequence) {
            throw new NotAsWritten(
                    sequence,
                    place,
                    new Why(
                            "la registrazione si dice " + record.sequence(),
                            "the record calls itself " + record.sequence()));
        }
        if (record.timestampMs() < stampMs) {
            throw new NotAsWritten(
                    sequence,
                    place,
                    new Why(
                            "la registrazione è più vecchia di quella prima",
                            "the record is older than the one before"));
        }
    }

    private static long lengthAt(byte[] bytes, int at, int limit) {
        return limit - at < Integer.BYTES ? 0 : i32(bytes, at);
    }

    private static void checkZeros(Batch batch, int from, int to, long sequence) throws NotAsWritten {
        for (int i = from; i < to; i++) {
            if (batch.bytes()[i] != 0) {
                throw new NotAsWritten(
                        sequence,
                        batch.place().plus(i),
                        new Why(
                                "i byte di riempimento dietro la registrazione non sono zeri",
                                "the padding behind the record is not zero"));
            }
        }
    }

    private byte[] rootOf(List<Entry> found) {
        List<byte[]> leaves = new ArrayList<>(found.size());
        for (Entry record : found) {
            leaves.add(sha.leaf(record.bytes(), record.offset(), record.length()));
        }
        return MerkleTree.root(sha, leaves);
    }

    private static NotAsWritten wrong(Batch batch, String italian, String english) {
        return new NotAsWritten(
                Math.max(1, batch.firstSequence()),
                Math.max(batch.firstSequence(), batch.lastSequence()),
                batch.place(),
                new Why(italian, english));
    }
}
