// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.examination;

/**
 * One thing in the files of the history that is not as it was written, and where.
 *
 * @param file below the data folder; empty when no file can be named
 * @param fileOffset byte in the file where the batch or record begins; -1 when unknown
 * @param logPosition of the batch in the commit log, which names a batch everywhere; -1 when unknown
 * @param firstSequence first record it concerns; 0 when it concerns none
 * @param lastSequence last record it concerns; 0 when it concerns none
 * @param detail what exactly was seen, in English
 */
public record HistoryFault(
        Kind kind,
        String file,
        long fileOffset,
        long logPosition,
        long firstSequence,
        long lastSequence,
        String detail) {

    /** What is wrong. */
    public enum Kind {
        /** The header of a batch fails its checksum, or claims what cannot be. */
        BATCH_HEADER,
        /** Records that must be there are not. */
        RECORDS_MISSING,
        /** A batch stands again, or in another place than it was written. */
        BATCH_MISPLACED,
        /** An intact batch does not continue the chain of the one before: another history. */
        CHAIN_BROKEN,
        /** A record fails its checksum, or its header is not the one of its place. */
        RECORD,
        /** Bytes of a batch that belong to no record. */
        BATCH_BODY,
        /** The records of a batch do not have the Merkle root that its header claims. */
        MERKLE_ROOT,
        /** A record is older than the one before. */
        STAMP,
        /** Position or mark of a batch contradict the batches before. */
        BATCH_FIELDS,
        /** Bytes that Chronicle keeps for itself are not what it wrote; the next start writes the file again from its batches. */
        JOURNAL_FRAMING,
        /** The end of the journal, with nothing intact behind it, was not forced before a power cut; the commit log holds what is missing. */
        JOURNAL_TAIL,
        /** A file of the archive is missing, or not what was written. */
        ARCHIVE,
        /** The commit log is missing, cut, or older than the journal. */
        LOG_UNUSABLE,
        /** Records that only the commit log holds are damaged or missing. */
        LOG_RECORDS,
        /** The commit log's copy of records is damaged; the journal holds them. */
        LOG_COPY,
        /** Commit log and journal tell different histories. */
        LOG_CONTRADICTS,
        /** Remains of a write at the end of the commit log that was never synchronised, so never acknowledged. */
        TORN_TAIL
    }

    /** For an order of the history; what concerns no record comes last. */
    public long place() {
        return firstSequence == 0 ? Long.MAX_VALUE : firstSequence;
    }

    /** True for what a power cut leaves, or concerns no record, and the next start mends; everything else is damage. */
    public boolean isMendedByAStart() {
        return kind == Kind.TORN_TAIL || kind == Kind.JOURNAL_TAIL || kind == Kind.JOURNAL_FRAMING;
    }
}
