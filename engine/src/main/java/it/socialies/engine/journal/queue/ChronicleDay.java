// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.queue;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.files.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Looks at the bytes that Chronicle keeps for itself in the file of a day: nobody can open a day without its beginning, and an appender
 * begins to write where the day's write position says. No checksum guards them, so a start looks before it trusts them. The layout is that
 * of queue version 5, wire type BINARY_LIGHT. Stateless; reads only.
 */
public final class ChronicleDay {
    private static final int HEAD_LENGTH = 512;
    private static final int META_FLAG = 0x4000_0000;
    private static final int WORKING_FLAG = 0x8000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final byte[] BEGINNING = {(byte) 0xB9, 6, 'h', 'e', 'a', 'd', 'e', 'r'};
    private static final byte[] WRITE_POSITION = "writePosition".getBytes(StandardCharsets.US_ASCII);
    private static final int STEPS_MAX = 1_000;

    private ChronicleDay() {}

    /** Whether the day has the header that Chronicle writes first; without it a reader waits for it, and then fails. */
    public static boolean hasBeginning(Path day) throws IOException {
        ByteBuffer head = head(day);
        int word = head.getInt(0);
        return (word & (META_FLAG | WORKING_FLAG)) == META_FLAG
                && (word & LENGTH_MASK) < HEAD_LENGTH
                && indexOf(head, BEGINNING) == Integer.BYTES;
    }

    /**
     * Whether an appender would begin to write at the end of the day.
     *
     * @param lastOffset where the last good batch lies in the file
     * @param lastNumber number of its document in the day, from 0
     */
    public static boolean isSoundForAppending(Path day, long lastOffset, long lastNumber) throws IOException {
        ByteBuffer head = head(day);
        int name = indexOf(head, WRITE_POSITION);
        if (name < 0) {
            return false;
        }
        // A type code and the room that it takes, up to a multiple of 8: capacity, count, position, position with
        // number.
        int values = (name + WRITE_POSITION.length + 7 + 7) / 8 * 8;
        if (values + 4 * Long.BYTES > HEAD_LENGTH || head.getLong(values) != 2 || head.getLong(values + 8) != 2) {
            return false;
        }
        long last = lastOffset - Integer.BYTES;
        long position = head.getLong(values + 16);
        long numbered = head.getLong(values + 24);
        if ((numbered & 0xFFFF_FFFFL) == position && position == last && numbered >>> 32 != lastNumber) {
            return false;
        }
        return leadsTo(day, position, last);
    }

    /** An appender goes from document to document; after a kill the position may be one document behind. */
    private static boolean leadsTo(Path day, long from, long last) throws IOException {
        try (LogFile file = ChannelLogFile.openToRead(day)) {
            ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(LITTLE_ENDIAN);
            long at = from;
            for (int i = 0; at > 0 && at < last && i < STEPS_MAX; i++) {
                file.read(word.clear(), at);
                int length = word.getInt(0) & LENGTH_MASK;
                at = (at + Integer.BYTES + length + 3) / 4 * 4;
            }
            return at == last;
        }
    }

    private static ByteBuffer head(Path day) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_LENGTH).order(LITTLE_ENDIAN);
        try (LogFile file = ChannelLogFile.openToRead(day)) {
            file.read(head, 0);
        }
        return head;
    }

    private static int indexOf(ByteBuffer bytes, byte[] text) {
        for (int i = 0; i + text.length <= HEAD_LENGTH; i++) {
            int same = 0;
            while (same < text.length && bytes.get(i + same) == text[same]) {
                same++;
            }
            if (same == text.length) {
                return i;
            }
        }
        return -1;
    }
}
