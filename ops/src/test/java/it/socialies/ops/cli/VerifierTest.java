// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.gateway.security.AuditKeys;
import it.socialies.verifier.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The standalone verifier on the files of a real engine: yes when nothing was changed, else no, with the record. */
class VerifierTest extends TownFolder {
    private static final int YES = 0;
    private static final int NO = 1;

    private static final int TRANSFER_POSTED = 131;
    private static final int PROPOSAL_MADE = 120;
    private static final int RESERVE_MOVED = 183;

    // ---------------------------------------------------------------- nothing wrong

    @Test
    void shouldSayYesToArchiveJournalAndCommitLog() throws Exception {
        assertThat(run("folder", data.toString())).isEqualTo(YES);
        assertThat(printed)
                .contains("good records: 1–" + last + ", ")
                .contains("chain: " + newestTotals(data).chain())
                .contains("cir_1: riserva | reserve " + paid() + " EUR")
                .contains("  EUR: dare | debits " + paid() + ", avere | credits " + paid())
                .contains("YES: registrazioni | records 1–" + last + ", senza checkpoint");
    }

    @Test
    void shouldReadBesideARunningEngine() throws Exception {
        try (AuditedTown engine = AuditedTown.reopen(data, 4, 2 + 5 * AuditedTown.PAYMENTS_A_DAY)) {
            engine.pay();
            long before = engine.lastSequence();
            assertThat(run("folder", data.toString())).isEqualTo(YES);
            assertThat(printed).contains("YES: registrazioni | records 1–" + before);
            Thread payer = Thread.ofPlatform().start(() -> {
                try {
                    engine.pay();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            while (payer.isAlive()) {
                assertThat(run("folder", data.toString())).isEqualTo(YES);
            }
            payer.join();
        }
    }

    @Test
    void shouldTakeATornTailAndAnUnforcedEndForWhatTheyAre() throws Exception {
        tearTail(data.resolve("commit-log/log.dat"));
        assertThat(run("folder", data.toString())).isEqualTo(YES);
        assertThat(printed).contains("YES: registrazioni | records 1–" + last);

        Forger.Placed newest = new Forger(data).batches().getLast();
        flip(newest.day, newest.offset + BODY_BYTE);
        assertThat(run("folder", data.toString())).isEqualTo(YES);
        assertThat(printed).contains("the journal's end was not forced").contains("records 1–" + last);
    }

    // ---------------------------------------------------------------- tampering

    @Test
    void shouldNameTheRecordOfAFlippedByteAnywhereInTheJournal() throws Exception {
        List<Forger.Placed> batches = new Forger(data).batches();
        for (int i = 0; i < batches.size() - 1; i += 7) {
            Forger.Placed batch = batches.get(i);
            for (int at = i % 13; at < batch.bytes.capacity(); at += 61) {
                flip(batch.day, batch.offset + at);
                assertThat(run("folder", data.toString()))
                        .as("byte %d of batch %d", at, i)
                        .isEqualTo(NO);
                long named = namedRecord();
                assertThat(named).isBetween(batch.firstSequence(), batch.firstSequence() + batch.count() - 1);
                if (at >= 128) {
                    assertThat(batch.record(named)).isLessThanOrEqualTo(at);
                    assertThat(printed).contains("journal/" + batch.day.getFileName() + ", byte ");
                }
                flip(batch.day, batch.offset + at);
            }
        }
        assertThat(run("folder", data.toString())).isEqualTo(YES);
    }

    @Test
    void shouldNameARemovedBlock() throws Exception {
        Forger.Placed removed = middle();
        try (FileChannel file = FileChannel.open(removed.day, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(removed.bytes.capacity()), removed.offset);
        }
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isEqualTo(removed.firstSequence());
        assertThat(printed).contains("is missing");
    }

    @Test
    void shouldNameSwappedBlocks() throws Exception {
        Forger forger = new Forger(data);
        List<Forger.Placed> batches = forger.batches();
        int i = batches.size() / 2;
        while (batches.get(i).bytes.capacity() != batches.get(i + 1).bytes.capacity()) {
            i++;
        }
        Forger.Placed one = batches.get(i);
        Forger.Placed other = batches.get(i + 1);
        forger.write(new Forger.Placed(one.day, one.offset, other.bytes));
        forger.write(new Forger.Placed(other.day, other.offset, one.bytes));
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isEqualTo(one.firstSequence());
    }

    @Test
    void shouldNameTheEndOfATruncatedFile() throws Exception {
        Forger.Placed cut = middle();
        try (FileChannel file = FileChannel.open(cut.day, StandardOpenOption.WRITE)) {
            file.truncate(cut.offset + 50);
        }
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isEqualTo(cut.firstSequence());
    }

    @Test
    void shouldNameAMissingDayAndAMissingLog() throws Exception {
        Forger.Placed first = new Forger(data).batches().getFirst();
        Files.delete(first.day);
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isEqualTo(first.firstSequence());
        copy(town, data);
        Files.delete(data.resolve("commit-log/log.dat"));
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isEqualTo(last + 1);
    }

    @Test
    void shouldNameADamagedFileOfTheArchive() throws Exception {
        List<Path> archived = files(data.resolve("journal-archive"));
        Path second = archived.get(1);
        long first = Long.parseLong(second.getFileName().toString().substring(0, 20));
        for (long at = 0; at < Files.size(second); at += Files.size(second) / 29) {
            flip(second, at);
            assertThat(run("folder", data.toString())).as("byte %d", at).isEqualTo(NO);
            assertThat(namedRecord()).isGreaterThanOrEqualTo(first);
            assertThat(printed).contains("journal-archive/" + second.getFileName());
            flip(second, at);
        }
        Files.delete(archived.getFirst());
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isOne();
    }

    @Test
    void shouldNameAnEditedAmountWhoseChecksumWasComputedAnew() throws Exception {
        Forger forger = new Forger(data);
        Forger.Placed batch = withEvent(forger, TRANSFER_POSTED, 0);
        long edited = sequenceWith(batch, TRANSFER_POSTED);
        int amount = batch.event(edited, TRANSFER_POSTED) + 16;
        batch.bytes.putLong(amount, batch.bytes.getLong(amount) + 100);
        batch.sealRecord(edited);
        batch.sealBody();
        forger.write(batch);
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isEqualTo(edited);

        // The root too; the chain is then broken, and the commit log says something else.
        batch.sealRoot();
        forger.write(batch);
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isEqualTo(edited);
    }

    @Test
    void shouldNameAnEditedAmountInAHistoryThatWasChainedAnew() throws Exception {
        long edited = rewrite(0, 0, (batch, sequence) -> {
            int amount = batch.event(sequence, TRANSFER_POSTED) + 16;
            batch.bytes.putLong(amount, batch.bytes.getLong(amount) + 100);
            int moved = batch.event(sequence, RESERVE_MOVED);
            batch.bytes.putLong(moved, batch.bytes.getLong(moved) + 100);
            batch.bytes.putLong(moved + 8, batch.bytes.getLong(moved + 8) + 100);
        });
        assertThat(run("folder", data.toString())).isEqualTo(NO);
        assertThat(namedRecord()).isEqualTo(edited);
        assertThat(printed).contains("was approved");
    }

    @Test
    void shouldTellAHistoryThatWasChainedAnewByACheckpointKeptOutsideOnly() throws Exception {
        AuditKeys keys = keys("keys");
        Path older = write("older.jws", keys.sign(checkpoint(olderCopy).claims().encode()));
        Path kept = write("kept.jws", keys.sign(checkpoint(data).claims().encode()));
        Path jwks = write("keys.json", keys.publicJwks());
        String[] against = {
            "folder",
            data.toString(),
            "--checkpoint",
            older.toString(),
            "--checkpoint",
            kept.toString(),
            "--jwks",
            jwks.toString()
        };
        assertThat(run(against)).isEqualTo(YES);
        assertThat(printed)
                .contains("kept.jws, registrazione | record " + last + ": concorda | agrees; firma buona")
                .contains("up to " + last + " it is the history that was signed");

        long agreed = newestTotals(olderCopy).sequence();
        // The reference of a bank statement: no rule of money knows it.
        rewrite(agreed, 1, (batch, sequence) -> {
            int proposal = batch.event(sequence, PROPOSAL_MADE);
            batch.bytes.putLong(proposal + 32, 4711);
        });
        assertThat(run("folder", data.toString())).isEqualTo(YES);
        assertThat(run(against)).isEqualTo(NO);
        assertThat(printed).contains("records " + (agreed + 1) + "–" + last).contains("was written anew");

        copy(olderCopy, data);
        assertThat(run("folder", data.toString())).isEqualTo(YES);
        assertThat(run(against)).isEqualTo(NO);
        assertThat(printed).contains("an older copy was put back");
    }

    @Test
    void shouldNotBelieveACheckpointOfAnotherInstallation() throws Exception {
        Path kept = write("kept.jws", keys("one").sign(checkpoint(data).claims().encode()));
        Path jwks = write("keys.json", keys("other").publicJwks());
        assertThat(run("folder", data.toString(), "--checkpoint", kept.toString(), "--jwks", jwks.toString()))
                .isEqualTo(NO);
        assertThat(printed).contains("a checkpoint's signature is not good");
        assertThat(run("folder", data.toString(), "--checkpoint", kept.toString()))
                .isEqualTo(YES);
        assertThat(printed)
                .contains("signature NOT checked", "agrees with the checkpoints given, signatures NOT checked");

        // A forged checkpoint accuses itself, not the history.
        Path other = write(
                "other.jws",
                keys("one")
                        .sign(checkpoint(olderCopy)
                                .claims()
                                .put("chain", "00".repeat(32))
                                .encode()));
        assertThat(run("folder", data.toString(), "--checkpoint", other.toString(), "--jwks", jwks.toString()))
                .isEqualTo(NO);
        assertThat(printed).contains("a checkpoint's signature is not good").doesNotContain("written anew");
    }

    // ---------------------------------------------------------------- ranges

    @Test
    void shouldVerifyAnExportedRangeAlone() throws Exception {
        AuditKeys keys = keys("keys");
        Path kept = write("kept.jws", keys.sign(checkpoint(olderCopy).claims().encode()));
        Path jwks = write("keys.json", keys.publicJwks());
        long signed = newestTotals(olderCopy).sequence();
        Path range = temp.resolve("part.range");
        assertThat(export(range, 100, signed)).isZero();
        String[] verify = {"range", range.toString(), "--checkpoint", kept.toString(), "--jwks", jwks.toString()};
        assertThat(run(verify)).isEqualTo(YES);
        assertThat(printed)
                .contains("money cannot be replayed")
                .contains("records 100–" + signed + ", fino alla " + signed);

        for (long at = 0; at < Files.size(range); at += 997) {
            flip(range, at);
            assertThat(run(verify)).as("byte %d", at).isNotEqualTo(YES);
            flip(range, at);
        }
        byte[] whole = Files.readAllBytes(range);
        Files.write(range, Arrays.copyOf(whole, whole.length - 10));
        assertThat(run(verify)).isEqualTo(NO);

        Path all = temp.resolve("all.range");
        assertThat(export(all, 1, Long.MAX_VALUE)).isZero();
        assertThat(run("range", all.toString())).isEqualTo(YES);
        assertThat(printed).contains("records 1–" + last).contains("reserve " + paid());
        assertThat(export(all, 1, 2)).as("never over a file").isEqualTo(Ies.DISAGREED);
        assertThat(export(temp.resolve("none.range"), last + 1, last + 2)).isEqualTo(Ies.DISAGREED);
        assertThat(temp.resolve("none.range")).doesNotExist();
    }

    // ---------------------------------------------------------------- the command

    @Test
    void shouldRunInAProcessOfItsOwn() throws Exception {
        assertThat(Ies.execute("verify", "folder", data.toString())).isEqualTo(YES);
        flip(middle().day, middle().offset + BODY_BYTE);
        assertThat(Ies.execute("verify", "folder", data.toString())).isEqualTo(NO);
        assertThat(Ies.execute("verify", "folder", temp.resolve("nowhere").toString()))
                .isEqualTo(UNREADABLE);
        assertThat(Ies.execute("verify", "nonsense")).isEqualTo(UNREADABLE);
        assertThat(Ies.execute("verify", "--help")).isEqualTo(YES);
    }

    // ---------------------------------------------------------------- helpers

    private interface Edit {
        void make(Forger.Placed batch, long sequence) throws Exception;
    }

    /**
     * Edits a record and makes everything behind it fit again, in journal and commit log.
     *
     * @param behind it comes behind this record
     * @param back how many records before one that moves money
     */
    private long rewrite(long behind, int back, Edit edit) throws Exception {
        Forger forger = new Forger(data);
        long edited = sequenceWith(withEvent(forger, TRANSFER_POSTED, behind), TRANSFER_POSTED) - back;
        byte[] chain = null;
        for (Forger.Placed batch : forger.batches()) {
            long next = batch.firstSequence() + batch.count();
            if (chain != null) {
                batch.continueChain(chain);
            } else if (edited < next) {
                edit.make(batch, edited);
                batch.sealRecord(edited);
                batch.sealBody();
                batch.sealRoot();
            }
            if (edited < next) {
                chain = batch.chainBehind();
                forger.write(batch);
                forger.writeIntoLog(batch);
                forger.rechainMarks(Set.of(next - 1), chain);
            }
        }
        return edited;
    }

    private Forger.Placed middle() throws Exception {
        List<Forger.Placed> batches = new Forger(data).batches();
        return batches.get(batches.size() / 2);
    }

    private static Forger.Placed withEvent(Forger forger, int template, long behind) throws Exception {
        List<Forger.Placed> batches = forger.batches();
        return batches.subList(batches.size() / 2, batches.size()).stream()
                .filter(batch -> sequenceWith(batch, template) > behind)
                .findFirst()
                .orElseThrow();
    }

    private static long sequenceWith(Forger.Placed batch, int template) {
        for (long s = batch.firstSequence(); s < batch.firstSequence() + batch.count(); s++) {
            if (batch.event(s, template) >= 0) {
                return s;
            }
        }
        return 0;
    }

    private static String paid() {
        long cents = 5L * AuditedTown.PAYMENTS_A_DAY * AuditedTown.PAYMENT_CENTS;
        return cents / 100 + "." + String.format(Locale.ROOT, "%02d", cents % 100);
    }

    private int export(Path out, long from, long to) {
        return Ies.execute(
                "journal",
                "export",
                "--data",
                data.toString(),
                "--from",
                Long.toString(from),
                "--to",
                Long.toString(to),
                "--out",
                out.toString());
    }

    private long namedRecord() {
        Matcher named = Pattern.compile("NO \\| NO: (?:registrazione|registrazioni) \\| records? (\\d+)")
                .matcher(printed);
        assertThat(named.find()).as(printed).isTrue();
        return Long.parseLong(named.group(1));
    }

    private int run(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Verifier.run(arguments, out, out);
        printed = bytes.toString(StandardCharsets.UTF_8);
        System.out.println(String.join(" ", arguments) + "\n" + printed);
        return code;
    }
}
