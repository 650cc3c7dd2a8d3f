// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of an application, from the columns "Esito", "Ammesso", "Escluso" and the reason. Without any of the first three, a reason excludes.
 *
 * @param outcome null when it is not clear (reported)
 */
record OutcomeCells(@Nullable Outcome outcome, String reason) {
    private static final Set<String> YES = Set.of("si", "s", "x", "1", "vero", "yes", "true", "ok");
    private static final Set<String> NO = Set.of("no", "n", "0", "falso", "false");

    private static final Map<String, Outcome> WORDS = Map.ofEntries(
            Map.entry("ammesso", Outcome.ADMITTED),
            Map.entry("ammessa", Outcome.ADMITTED),
            Map.entry("a", Outcome.ADMITTED),
            Map.entry("idoneo", Outcome.ADMITTED),
            Map.entry("idonea", Outcome.ADMITTED),
            Map.entry("accolta", Outcome.ADMITTED),
            Map.entry("accolto", Outcome.ADMITTED),
            Map.entry("beneficiario", Outcome.ADMITTED),
            Map.entry("beneficiaria", Outcome.ADMITTED),
            Map.entry("ammesso e finanziato", Outcome.ADMITTED),
            Map.entry("finanziato", Outcome.ADMITTED),
            Map.entry("finanziata", Outcome.ADMITTED),
            Map.entry("assegnato", Outcome.ADMITTED),
            Map.entry("assegnata", Outcome.ADMITTED),
            Map.entry("positivo", Outcome.ADMITTED),
            Map.entry("favorevole", Outcome.ADMITTED),
            Map.entry("escluso", Outcome.EXCLUDED),
            Map.entry("esclusa", Outcome.EXCLUDED),
            Map.entry("e", Outcome.EXCLUDED),
            Map.entry("non ammesso", Outcome.EXCLUDED),
            Map.entry("non ammessa", Outcome.EXCLUDED),
            Map.entry("non idoneo", Outcome.EXCLUDED),
            Map.entry("non idonea", Outcome.EXCLUDED),
            Map.entry("non accolta", Outcome.EXCLUDED),
            Map.entry("inammissibile", Outcome.EXCLUDED),
            Map.entry("respinta", Outcome.EXCLUDED),
            Map.entry("respinto", Outcome.EXCLUDED),
            Map.entry("rigettata", Outcome.EXCLUDED),
            Map.entry("rigettato", Outcome.EXCLUDED),
            Map.entry("negativo", Outcome.EXCLUDED),
            Map.entry("decaduto", Outcome.EXCLUDED),
            Map.entry("rinuncia", Outcome.EXCLUDED),
            Map.entry("riserva", Outcome.RESERVE),
            Map.entry("in riserva", Outcome.RESERVE),
            Map.entry("lista di riserva", Outcome.RESERVE),
            Map.entry("lista d attesa", Outcome.RESERVE),
            Map.entry("in lista d attesa", Outcome.RESERVE),
            Map.entry("in attesa", Outcome.RESERVE),
            Map.entry("non finanziato", Outcome.RESERVE),
            Map.entry("non finanziata", Outcome.RESERVE),
            Map.entry("ammesso non finanziato", Outcome.RESERVE),
            Map.entry("ammessa non finanziata", Outcome.RESERVE),
            Map.entry("idoneo non finanziato", Outcome.RESERVE),
            Map.entry("idoneo non beneficiario", Outcome.RESERVE),
            Map.entry("idonea non beneficiaria", Outcome.RESERVE),
            Map.entry("ammesso e non finanziato", Outcome.RESERVE));

    static OutcomeCells read(RowCells cells) {
        String reason = cells.text(Column.REASON);
        Outcome said = null;
        Column saidBy = Column.OUTCOME;
        for (Column column : new Column[] {Column.OUTCOME, Column.ADMITTED, Column.EXCLUDED}) {
            String text = cells.text(column);
            if (text.isEmpty()) {
                if (cells.isFilled(column)) {
                    return new OutcomeCells(null, reason);
                }
                continue;
            }
            Outcome outcome = meaning(column, Folded.of(text));
            if (outcome == null) {
                cells.fault(column, FaultCode.OUTCOME_UNCLEAR, "");
                return new OutcomeCells(null, reason);
            }
            if (said != null && said != outcome) {
                cells.fault(column, FaultCode.OUTCOMES_DISAGREE, "");
                return new OutcomeCells(null, reason);
            }
            said = outcome;
            saidBy = column;
        }
        if (said == null) {
            return new OutcomeCells(reason.isEmpty() ? Outcome.ADMITTED : Outcome.EXCLUDED, reason);
        }
        if (said != Outcome.EXCLUDED && !reason.isEmpty()) {
            cells.fault(saidBy, FaultCode.ADMITTED_WITH_REASON, "");
        } else if (said == Outcome.EXCLUDED && reason.isEmpty() && !cells.isFilled(Column.REASON)) {
            cells.fault(cells.has(Column.REASON) ? Column.REASON : saidBy, FaultCode.EXCLUDED_WITHOUT_REASON, "");
        }
        return new OutcomeCells(said, reason);
    }

    private static @Nullable Outcome meaning(Column column, String folded) {
        if (column != Column.OUTCOME) {
            boolean isAdmittedColumn = column == Column.ADMITTED;
            if (YES.contains(folded)) {
                return isAdmittedColumn ? Outcome.ADMITTED : Outcome.EXCLUDED;
            }
            if (NO.contains(folded)) {
                return isAdmittedColumn ? Outcome.EXCLUDED : Outcome.ADMITTED;
            }
        }
        return WORDS.get(folded);
    }

    /** Whether checks that concern awards apply. */
    boolean mayGetMoney() {
        return outcome != Outcome.EXCLUDED;
    }

    @Override
    public String toString() {
        return "OutcomeCells[" + outcome + "]";
    }
}
