// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import it.socialies.verifier.bytes.Crc;
import it.socialies.verifier.checkpoint.Malformed;
import it.socialies.verifier.checkpoint.TestSigner;
import it.socialies.verifier.history.Batch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Edits of an exported range, through the verifier's command line with the checkpoint of its end; bit 0 of the first byte: checksums are then made to fit. The answer is an exit
 * code; it names the signed history only when every record up to the checkpoint's is one that was written.
 */
public final class RangeFuzz implements FuzzTarget {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
    private static final int HEADER_LENGTH = 128;

    private final WrittenRange range = new WrittenRange();
    private final Path folder = Files.createTempDirectory("ies-fuzz-range");
    private final Path file = folder.resolve("range");
    private final String[] args;

    public RangeFuzz() throws IOException, GeneralSecurityException, Malformed {
        TestSigner signer = new TestSigner();
        Path checkpoint = folder.resolve("checkpoint.jws");
        Path jwks = folder.resolve("jwks.json");
        Files.writeString(
                checkpoint,
                signer.checkpoint(range.end().sequence(), range.end().hex()));
        Files.writeString(jwks, signer.jwks());
        args = new String[] {"range", file.toString(), "--checkpoint", checkpoint.toString(), "--jwks", jwks.toString()
        };
        List.of(folder, file, checkpoint, jwks).forEach(path -> path.toFile().deleteOnExit());
    }

    @Override
    public void test(byte[] input) throws IOException {
        byte[] edited =
                Edits.apply(range.file(), input, Math.min(1, input.length)).clone();
        if (input.length > 0 && (input[0] & 1) != 0) {
            mend(edited);
        }
        Files.write(file, edited);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int answer = Verifier.run(args, new PrintStream(out, false, StandardCharsets.UTF_8), NOWHERE);
        boolean isSigned = answer == Answer.YES
                && out.toString(StandardCharsets.UTF_8).contains("it is the history that was signed");
        if (isSigned && !sameRecords(edited)) {
            throw new AssertionError("yes to records that nobody wrote");
        }
        if (!isSigned && Arrays.equals(edited, range.file())) {
            throw new AssertionError("a good range is refused");
        }
    }

    /** All that the range claims to hold, found by a walk of its own. */
    private boolean sameRecords(byte[] edited) {
        ByteBuffer bytes = ByteBuffer.wrap(edited).order(LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        int at = HEADER_LENGTH;
        while (at < edited.length) {
            int count = bytes.getInt(at + 32);
            int end = at + Batch.HEADER_LENGTH + bytes.getInt(at + 36);
            at += Batch.HEADER_LENGTH;
            for (int i = 0; i < count; i++) {
                int length = bytes.getInt(at);
                records.add(Arrays.copyOfRange(edited, at, at + length));
                at += (length + 7) / 8 * 8;
            }
            at = end;
        }
        List<byte[]> written = range.records();
        int left = written.size() - records.size();
        return left >= 0
                && Arrays.deepEquals(
                        records.toArray(), written.subList(left, written.size()).toArray());
    }

    /** Header, and batch after batch as far as their lengths lead. */
    private static void mend(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
        if (file.length < HEADER_LENGTH) {
            return;
        }
        bytes.putInt(8, Crc.of(file, 12, HEADER_LENGTH));
        int at = HEADER_LENGTH;
        while (at + Batch.HEADER_LENGTH <= file.length) {
            int body = bytes.getInt(at + 36);
            int from = at + Batch.HEADER_LENGTH;
            if (body < 0 || body > file.length - from) {
                break;
            }
            mendRecords(file, bytes, from, from + body);
            bytes.putInt(at + 48, Crc.of(file, from, from + body));
            bytes.putInt(at + 8, Crc.of(file, at + 12, from));
            at = from + body;
        }
    }

    private static void mendRecords(byte[] file, ByteBuffer bytes, int from, int end) {
        int at = from;
        while (at + 8 <= end) {
            int length = bytes.getInt(at);
            if (length < 8 || length > end - at) {
                return;
            }
            bytes.putInt(at + 4, Crc.of(file, at + 8, at + length));
            at += (length + 7) / 8 * 8;
        }
    }

    @Override
    public int shortRun() {
        return 500;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        int length = range.file().length;
        for (int kind = 0; kind < 2; kind++) {
            seeds.add(Seeds.joined(kind));
            seeds.add(Seeds.joined(kind, Edits.script(4, length - 1)));
            seeds.add(Seeds.joined(kind, Edits.script(4, HEADER_LENGTH)));
            seeds.add(Seeds.joined(kind, Edits.script(2, length - 1, 0)));
            for (int field : new int[] {0, 8, 12, 16, 24, 32, 40, 48, 80, 112}) {
                seeds.add(Seeds.joined(kind, Edits.script(1, field, 1)));
            }
            for (int field : new int[] {0, 12, 16, 24, 32, 36, 40, 48, 64, 96, 128, 136, 144, 216, 264}) {
                seeds.add(Seeds.joined(kind, Edits.script(1, HEADER_LENGTH + field, 1)));
            }
        }
        return seeds;
    }
}
