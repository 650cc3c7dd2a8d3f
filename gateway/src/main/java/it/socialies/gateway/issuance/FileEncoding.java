// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * How the letters of a file are written, found by reading all of it once: what is valid UTF-8 from end to end is UTF-8, everything else Windows-1252, of which
 * ISO-8859-1 is the part that has letters.
 *
 * @param bomBytes to pass over at the beginning
 */
record FileEncoding(Charset charset, int bomBytes) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int BUFFER_BYTES = 1 << 16;

    /** Beginnings of what people send instead of a CSV: xlsx/ods/zip, xls/doc, pdf, rtf, gzip. */
    private static final List<byte[]> OTHER_KINDS = List.of(
            new byte[] {'P', 'K', 3, 4},
            new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0},
            new byte[] {'%', 'P', 'D', 'F'},
            new byte[] {'{', '\\', 'r', 't', 'f'},
            new byte[] {0x1F, (byte) 0x8B});

    /** The file cannot be read as text; the fault says why. */
    static final class NotText extends Exception {
        private final FaultCode code;

        private NotText(FaultCode code) {
            super(code.name(), null, false, false);
            this.code = code;
        }

        FaultCode code() {
            return code;
        }
    }

    static FileEncoding of(FileSource source, long bytesMax) throws IOException, NotText {
        try (InputStream input = source.open()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int length = input.readNBytes(buffer, 0, BUFFER_BYTES);
            refuseOtherKinds(buffer, length);
            int bomBytes = startsWith(buffer, length, BOM) ? BOM.length : 0;
            Utf8Check utf8 = new Utf8Check();
            long total = 0;
            while (length > 0) {
                total += length;
                if (total > bytesMax) {
                    throw new NotText(FaultCode.FILE_TOO_LARGE);
                }
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == 0) {
                        throw new NotText(FaultCode.FILE_NOT_CSV);
                    }
                }
                utf8.add(buffer, length);
                length = input.readNBytes(buffer, 0, BUFFER_BYTES);
            }
            if (total == bomBytes) {
                throw new NotText(FaultCode.FILE_EMPTY);
            }
            return utf8.isValid()
                    ? new FileEncoding(StandardCharsets.UTF_8, bomBytes)
                    : new FileEncoding(WINDOWS_1252, bomBytes);
        }
    }

    private static void refuseOtherKinds(byte[] start, int length) throws NotText {
        if (startsWith(start, length, new byte[] {(byte) 0xFF, (byte) 0xFE})
                || startsWith(start, length, new byte[] {(byte) 0xFE, (byte) 0xFF})) {
            throw new NotText(FaultCode.FILE_UTF16);
        }
        for (byte[] kind : OTHER_KINDS) {
            if (startsWith(start, length, kind)) {
                throw new NotText(FaultCode.FILE_NOT_CSV);
            }
        }
    }

    private static boolean startsWith(byte[] bytes, int length, byte[] start) {
        return length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** The file's text from its first character on. */
    Reader open(FileSource source) throws IOException {
        InputStream input = source.open();
        try {
            input.skipNBytes(bomBytes);
            return new InputStreamReader(input, charset);
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    /** Whether bytes that come in pieces are UTF-8. */
    private static final class Utf8Check {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        private final CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES + 4);
        private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES + 4);
        private boolean isBroken;

        void add(byte[] piece, int length) {
            if (isBroken) {
                return;
            }
            bytes.put(piece, 0, length).flip();
            isBroken = decoder.decode(bytes, chars.clear(), false).isError();
            bytes.compact();
        }

        boolean isValid() {
            return !isBroken
                    && !decoder.decode(bytes.flip(), chars.clear(), true).isError();
        }
    }
}
