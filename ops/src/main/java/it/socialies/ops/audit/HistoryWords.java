// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import it.socialies.engine.journal.examination.HistoryFault;

/** The faults of the history in plain words. Stateless. */
final class HistoryWords {
    private HistoryWords() {}

    static AuditFault of(HistoryFault fault) {
        return new AuditFault(
                !fault.isMendedByAStart(),
                place(fault),
                fault.firstSequence(),
                fault.lastSequence(),
                italian(fault.kind()),
                english(fault.kind()),
                fault.detail());
    }

    private static String place(HistoryFault fault) {
        StringBuilder place = new StringBuilder(fault.file());
        if (fault.fileOffset() >= 0) {
            place.append(", byte ").append(fault.fileOffset());
        }
        if (fault.logPosition() >= 0) {
            place.append(", log position ").append(fault.logPosition());
        }
        return place.toString();
    }

    private static String italian(HistoryFault.Kind kind) {
        return switch (kind) {
            case BATCH_HEADER -> "l'intestazione di un blocco non è quella scritta";
            case RECORDS_MISSING -> "mancano registrazioni";
            case BATCH_MISPLACED -> "un blocco è ripetuto o fuori posto";
            case CHAIN_BROKEN -> "un blocco integro non continua la catena: è un'altra storia";
            case RECORD -> "una registrazione non è quella scritta";
            case BATCH_BODY -> "i byte di un blocco non sono quelli scritti";
            case MERKLE_ROOT -> "le registrazioni non danno la radice di Merkle del blocco";
            case STAMP -> "una registrazione è più vecchia della precedente";
            case BATCH_FIELDS -> "posizione o segno di un blocco contraddicono i precedenti";
            case JOURNAL_FRAMING ->
                "ciò che Chronicle tiene per sé non è come l'ha lasciato; questo da solo non tocca nessuna registrazione";
            case JOURNAL_TAIL -> "fine del giornale non forzata su disco; il commit log ha ciò che manca";
            case ARCHIVE -> "un file dell'archivio manca o non è quello scritto";
            case LOG_UNUSABLE -> "il commit log manca, è tagliato o è più vecchio del giornale";
            case LOG_RECORDS -> "registrazioni che solo il commit log aveva sono alterate o mancano";
            case LOG_COPY -> "la copia nel commit log è alterata; il giornale ha le registrazioni";
            case LOG_CONTRADICTS -> "commit log e giornale raccontano storie diverse";
            case TORN_TAIL -> "coda interrotta di una scrittura mai confermata, come la lascia un calo di corrente";
        };
    }

    private static String english(HistoryFault.Kind kind) {
        return switch (kind) {
            case BATCH_HEADER -> "the header of a batch is not what was written";
            case RECORDS_MISSING -> "records are missing";
            case BATCH_MISPLACED -> "a batch stands again, or in another place than it was written";
            case CHAIN_BROKEN -> "an intact batch does not continue the chain: another history";
            case RECORD -> "a record is not what was written";
            case BATCH_BODY -> "bytes of a batch are not what was written";
            case MERKLE_ROOT -> "the records do not give the Merkle root of their batch";
            case STAMP -> "a record is older than the one before it";
            case BATCH_FIELDS -> "position or mark of a batch contradict the batches before it";
            case JOURNAL_FRAMING ->
                "what Chronicle keeps for itself is not as it left it; that alone concerns no record";
            case JOURNAL_TAIL ->
                "the end of the journal was not forced to the disk; the commit log has what is missing";
            case ARCHIVE -> "a file of the archive is missing, or not what was written";
            case LOG_UNUSABLE -> "the commit log is missing, cut, or older than the journal";
            case LOG_RECORDS -> "records that only the commit log had are altered or missing";
            case LOG_COPY -> "the commit log's copy is altered; the journal has the records";
            case LOG_CONTRADICTS -> "commit log and journal tell different histories";
            case TORN_TAIL -> "torn tail of a write that was never acknowledged, as a power cut leaves it";
        };
    }
}
