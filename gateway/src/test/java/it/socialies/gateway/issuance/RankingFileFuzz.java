// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import static it.socialies.fuzzing.Judgement.require;

import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import it.socialies.gateway.issuance.SampleFiles.Checked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ranking files: any bytes, or edits of a good file. A report, never an exception; its counts and its total are those of the rows; what is taken keeps the rules; written out again, the rows are
 * read as the same without an error.
 */
public final class RankingFileFuzz implements FuzzTarget {
    private static final String[] GOOD = {
        "clean-windows-1252.csv",
        "clean-utf8-comma.csv",
        "excel-damage.csv",
        "doubles.csv",
        "layout-cr.csv",
        "names.csv"
    };
    private static final FileLimits LIMITS = new FileLimits(8_192, 60, 40, 2_048, 120, 50);
    private static final RankingRules RULES = SampleFiles.RULES.within(LIMITS);
    private static final RankingRules WIDE = SampleFiles.RULES;

    @Override
    public void test(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int kind = Byte.toUnsignedInt(input[0]) % (GOOD.length + 1);
        byte[] file = kind == GOOD.length
                ? Arrays.copyOfRange(input, 1, input.length)
                : Edits.apply(SampleFiles.bytes(GOOD[kind]), input, 1);
        Checked checked = SampleFiles.check(file, RULES);
        ValidationReport report = checked.report();
        counts(checked);
        for (RankingRow row : checked.rows()) {
            kept(row);
        }
        if (!report.columns().containsKey(Column.FULL_NAME)) {
            Checked again = SampleFiles.check(CleanCsv.of(checked.rows()), WIDE);
            require(
                    checked.rows().isEmpty() || again.report().errors() == 0,
                    "read again: " + again.report().counts());
            require(again.report().digest().equals(report.digest()), "read again: another digest");
        }
    }

    private static void counts(Checked checked) {
        ValidationReport report = checked.report();
        require(report.rows() == checked.rows().size(), "rows");
        require(report.rows() <= report.applications(), "applications");
        require(report.admitted() + report.reserve() + report.excluded() == report.rows(), "outcomes");
        require(report.faults().size() <= LIMITS.faults(), "listed");
        require(
                report.counts().values().stream().mapToInt(Integer::intValue).sum()
                        == report.errors() + report.warnings(),
                "counts");
        require(
                report.totalCents()
                        == checked.rows().stream()
                                .filter(row -> row.outcome() == Outcome.ADMITTED)
                                .mapToLong(RankingRow::amountCents)
                                .sum(),
                "total");
    }

    private static void kept(RankingRow row) {
        require(row.taxCode().isEmpty() != row.taxCodeReason().isEmpty(), "a code or its reason");
        require(row.taxCode().isEmpty() || TaxCodes.isValid(row.taxCode()), "a valid code");
        require(!row.familyName().isEmpty(), "a name");
        require(row.amountCents() >= 0, "amount");
        require(row.outcome() != Outcome.EXCLUDED || row.amountCents() == 0, "amount of an excluded");
        require((row.outcome() == Outcome.EXCLUDED) != row.reason().isEmpty(), "reason");
        if (row.outcome() != Outcome.EXCLUDED) {
            require(row.householdSize() >= 1 && row.householdSize() <= WIDE.householdSizeMax(), "household");
            require(row.amountCents() <= WIDE.caps().cents(row.householdSize()), "cap");
        }
        if (row.outcome() == Outcome.ADMITTED) {
            require(row.amountCents() > 0, "amount of an admitted");
        }
        for (String text : List.of(row.application(), row.familyName(), row.givenName(), row.reason(), row.address())) {
            require(text.chars().noneMatch(Character::isISOControl), "control characters");
            require(!text.startsWith("="), "formula");
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int kind = 0; kind < GOOD.length; kind++) {
            seeds.add(Seeds.joined(kind));
            seeds.add(Seeds.joined(kind, Edits.script(1, 300 + kind, 1, 1, 32)));
        }
        for (byte[] text : Seeds.texts(
                "CF;Cognome;Nome;Componenti;Importo\nMRANCL81B03A592P;Amari;Niccolò;1;300,00\n",
                "CF,Cognome,Nome,Componenti,Importo,Esito,Motivo\r\n,\"Am\"\"ari\",Ugo,2,,Escluso,=1+1\r\nTOTALE,,,,0",
                """
                \ufeffNominativo\tCF\tNucleo\tImporto\tISEE
                AMARI NICCOLÒ\tmra ncl 81b03 a592p\t1\t€ 300,00\t3.000
                Totale\t\t\t300\t
                """)) {
            seeds.add(Seeds.joined(GOOD.length, text));
        }
        return seeds;
    }

    @Override
    public int shortRun() {
        return 500;
    }
}
