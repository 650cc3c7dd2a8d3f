// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Builds of the engine that are broken on purpose, each in one place. A simulator that does not catch them proves nothing by its silence.
 *
 * <p>{@code main(NAME, SOURCES, OUT)} compiles the broken class into a folder that goes before the engine on the class path.
 */
public enum Sabotage {
    /** Replies leave although nothing was synchronised. */
    NO_SYNC("journal/commitlog/CommitLog.java", "            file.sync();\n", ""),
    /** Keys of before a restart are unknown behind it. */
    FORGETS_KEYS("core/ClearingCore.java", """
                            buffer.getLong(offset + RecordDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN),
                            buffer.getLong(offset + RecordDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN));
            """, """
                            0,
                            0);
            """),
    /** An ended pocket is swept a second time. */
    SWEEPS_TWICE("core/vouchers/Sweeper.java", "                sweep(pockets.programmeId(pocket), pocket);\n", """
                            sweep(pockets.programmeId(pocket), pocket);
                            sweep(pockets.programmeId(pocket), pocket);
            """),
    /** A cent of each posting goes nowhere. */
    LOSES_A_CENT(
            "core/ledger/LedgerApplier.java",
            "accounts.changeCredits(creditAccountId, pendingDelta, postedDelta);",
            "accounts.changeCredits(creditAccountId, pendingDelta, postedDelta > 0 ? postedDelta - 1 : postedDelta);"),
    /** A fund gives more than it has. */
    OVERDRAWS(
            "core/vouchers/TopUps.java",
            "return commitments.covers(programmeId, amount) ? ResultCode.OK : ResultCode.COMMITMENT_EXCEEDED;",
            "return ResultCode.OK;"),
    /** A start builds on what it can read of the commit log, be it on the disk or not. */
    TRUSTS_READABLE_LOG(
            "journal/recovery/Recovery.java",
            "            file.write(batch.bytes(length), BatchView.logPosition(batch.buffer(), 0) % capacity);\n",
            ""),
    /** A start builds on what it can read of the journal, be it on the disk or not. */
    TRUSTS_READABLE_JOURNAL(
            "journal/recovery/Recovery.java",
            "        JournalFiles.writeNewestAgain(folder.journal(), capacity);\n",
            ""),
    /** Not broken, only blind: what checking after every posting costs is measured against it. */
    CHECKS_NOTHING("core/ledger/Accounts.java", """
                    verifyNotBelowZero(debitId);
                    verifyNotBelowZero(creditId);
                    totals.verify(unitIndex(debitId));
            """, ""),
    /** IES are issued without a reserve. */
    ISSUES_UNBACKED("core/ies/Issuance.java", "return isBacked ?", "return isBacked || terms.amount() > 0 ?");

    private final String file;
    private final String right;
    private final String wrong;

    Sabotage(String file, String right, String wrong) {
        this.file = "it/socialies/engine/" + file;
        this.right = right;
        this.wrong = wrong;
    }

    /**
     * Compiles the broken class against the class path of this process.
     *
     * @param sources {@code engine/src/main/java}
     * @param out folder for the broken class
     * @throws IllegalStateException when the place to break is not there any more, or what comes of it does not compile
     */
    public void compile(Path sources, Path out) throws IOException {
        String source = Files.readString(sources.resolve(file));
        if (source.indexOf(right) < 0 || source.indexOf(right) != source.lastIndexOf(right)) {
            throw new IllegalStateException(file + " has not this place, or twice:\n" + right);
        }
        Path broken = Files.createDirectories(out.resolve("broken-source"))
                .resolve(Path.of(file).getFileName());
        Files.writeString(broken, source.replace(right, wrong));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = List.of(
                "-d",
                out.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-nowarn",
                broken.toString());
        if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("the broken " + file + " does not compile");
        }
    }

    /** The name on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Compiles one. */
    public static void main(String[] arguments) throws IOException {
        Sabotage chosen = valueOf(arguments[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        chosen.compile(Path.of(arguments[1]), Path.of(arguments[2]));
    }
}
