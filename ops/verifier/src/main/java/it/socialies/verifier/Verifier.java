// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import it.socialies.verifier.checkpoint.CheckpointCheck;
import it.socialies.verifier.checkpoint.KeySet;
import it.socialies.verifier.checkpoint.Malformed;
import it.socialies.verifier.files.FolderHistory;
import it.socialies.verifier.files.RangeFile;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Why;
import it.socialies.verifier.money.Books;
import it.socialies.verifier.proof.AuditCase;
import it.socialies.verifier.proof.Proof;
import it.socialies.verifier.proof.RecordWords;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The command: is this folder, this range, this proof what it says it is? Exit code 0 yes, 1 no, 2 nothing was proven. {@code ops/docs/audit.md} says what it proves. */
public final class Verifier {
    private final Arguments arguments;
    private final Answer answer;

    private Verifier(Arguments arguments, Answer answer) {
        this.arguments = arguments;
        this.answer = answer;
    }

    /** The command line. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(args, out, err));
    }

    /** The same, for callers in this process; returns the exit code. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            if (Arguments.isHelp(args)) {
                out.println(Arguments.USAGE);
                return Answer.YES;
            }
            Arguments arguments = Arguments.parse(args);
            return new Verifier(arguments, new Answer(out)).run();
        } catch (Arguments.Wrong wrong) {
            err.println(wrong.getMessage());
            return Answer.NOTHING_PROVEN;
        } catch (NoSuchFileException e) {
            err.println("non esiste | does not exist: " + e.getFile());
            return Answer.NOTHING_PROVEN;
        } catch (Malformed | IOException e) {
            err.println("non leggibile | cannot be read: " + e.getMessage());
            return Answer.NOTHING_PROVEN;
        }
    }

    private int run() throws IOException, Malformed {
        return switch (arguments.task()) {
            case FOLDER -> folder();
            case RANGE -> range();
            case PROOF -> proof();
            case CASE -> auditCase();
        };
    }

    private int folder() throws IOException, Malformed {
        Path root = arguments.path();
        if (!FolderHistory.isOne(root)) {
            throw new IOException("no history in " + root);
        }
        KeptCheckpoints kept = KeptCheckpoints.read(arguments.checkpoints(), arguments.jwks());
        CheckpointCheck check = kept.checkBehind(1);
        Verification verification = new Verification(Chain.START, check);
        FolderHistory history = new FolderHistory(root, verification);
        NotAsWritten wrong = null;
        try {
            history.read();
            check.finish(verification.chain());
        } catch (NotAsWritten e) {
            wrong = e;
        }
        history.notes().forEach(answer::note);
        return conclude(1, verification, kept, check, wrong);
    }

    private int range() throws IOException, Malformed {
        try (RangeFile range = RangeFile.open(arguments.path())) {
            KeptCheckpoints kept = KeptCheckpoints.read(arguments.checkpoints(), arguments.jwks());
            long first = range.firstSequence();
            CheckpointCheck check = kept.checkBehind(first - 1);
            Verification verification = new Verification(Chain.START, check);
            NotAsWritten wrong = null;
            try {
                Chain before = range.before();
                verification = new Verification(before, check);
                check.onChain(before, null);
                range.read(verification);
            } catch (NotAsWritten e) {
                wrong = e;
            }
            if (verification.books() == null) {
                answer.note(new Why(
                        "una parte della storia: il denaro non si può ripercorrere, solo i byte e la catena",
                        "a part of the history: money cannot be replayed, only bytes and chain"));
            }
            return conclude(first, verification, kept, check, wrong);
        }
    }

    private int conclude(
            long first,
            Verification verification,
            KeptCheckpoints kept,
            CheckpointCheck check,
            @Nullable NotAsWritten wrong) {
        answer.proven(first, verification);
        Books books = verification.books();
        if (books != null && wrong == null) {
            answer.totals(books.totals());
        }
        String refusal = null;
        for (KeptCheckpoints.Kept each : kept.all()) {
            long sequence = each.checkpoint().chain().sequence();
            boolean isMet = sequence <= check.lastAgreed() && sequence >= first - 1;
            answer.line("checkpoint " + each.file() + ", registrazione | record " + sequence + ": "
                    + (isMet ? "concorda | agrees" : "non confrontato | not compared") + "; " + signature(kept, each));
            refusal = each.refusal() != null ? each.file() + ": " + each.refusal() : refusal;
        }
        if (wrong != null) {
            return answer.no(wrong);
        }
        if (refusal != null) {
            return answer.no("la firma di un checkpoint non vale | a checkpoint's signature is not good: " + refusal);
        }
        String range = first + "–" + verification.chain().sequence();
        if (check.lastAgreed() > 0 && !kept.hasKeys()) {
            return answer.yes(
                    "registrazioni | records " + range + ", concorda con i checkpoint dati, firme NON verificate"
                            + " | agrees with the checkpoints given, signatures NOT checked");
        }
        return answer.yes(
                check.lastAgreed() > 0
                        ? "registrazioni | records " + range + ", fino alla " + check.lastAgreed()
                                + " è la storia firmata | up to " + check.lastAgreed()
                                + " it is the history that was signed"
                        : "registrazioni | records " + range
                                + ", senza checkpoint conservati altrove | without a checkpoint kept elsewhere");
    }

    private static String signature(KeptCheckpoints kept, KeptCheckpoints.Kept each) {
        if (!kept.hasKeys()) {
            return "firma NON verificata (manca --jwks) | signature NOT checked (no --jwks)";
        }
        return each.refusal() == null
                ? "firma buona | signature good, " + each.checkpoint().issuer() + ", key "
                        + each.checkpoint().keyId()
                : "firma NON buona | signature NOT good: " + each.refusal();
    }

    private int auditCase() throws IOException, Malformed {
        Path jwks = arguments.jwks();
        if (jwks == null) {
            throw new Malformed("a case needs the installation's keys: --jwks");
        }
        KeySet keys = KeySet.parse(Files.readString(jwks));
        AuditCase read = AuditCase.read(arguments.path());
        Why refusal = read.refusal(keys);
        if (refusal != null) {
            answer.line("perché | why: " + refusal);
            return answer.no(
                    "il caso non è come fu consegnato, o non è provato | the case is not as it was handed out, or not proven");
        }
        for (Proof proof : read.proofs()) {
            answer.line("registrazione | record " + proof.entry().sequence() + ", " + RecordWords.time(proof.entry()));
            RecordWords.of(proof.entry()).forEach(words -> {
                answer.line("  " + words.italian());
                answer.line("  " + words.english());
            });
        }
        return answer.yes(
                "i file sono quelli del caso, e le sue " + read.proofs().size()
                        + " registrazioni sono nella storia firmata | the files are those of the case, and its "
                        + read.proofs().size() + " records are in the signed history");
    }

    private int proof() throws IOException, Malformed {
        Path jwks = arguments.jwks();
        if (jwks == null) {
            throw new Malformed("a proof needs the installation's keys: --jwks");
        }
        KeySet keys = KeySet.parse(Files.readString(jwks));
        Proof proof = Proof.parse(Files.readString(arguments.path()));
        answer.line("registrazione | record: " + proof.entry().sequence());
        answer.line("quando | when: " + RecordWords.time(proof.entry()));
        RecordWords.of(proof.entry()).forEach(words -> {
            answer.line("che cosa | what: " + words.italian());
            answer.line("                 " + words.english());
        });
        answer.line("checkpoint: registrazione | record "
                + proof.checkpoint().chain().sequence() + ", "
                + proof.checkpoint().time() + ", "
                + proof.checkpoint().issuer() + ", key " + proof.checkpoint().keyId());
        Why refusal = proof.refusal(keys);
        if (refusal != null) {
            answer.line("perché | why: " + refusal);
            return answer.no("non è provato | it is not proven");
        }
        return answer.yes("la registrazione " + proof.entry().sequence() + " è nella storia firmata | record "
                + proof.entry().sequence() + " is in the signed history");
    }
}
