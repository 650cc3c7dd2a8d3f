// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes applications of rows, and reports everything that is wrong with one, not only the first fault. One thread; holds no row. */
final class RowReader {
    /** No application is older. */
    private static final int OLDEST_CALL_YEAR = 2000;

    private static final Pattern SCORE = Pattern.compile("-?\\d{1,9}(?:[.,]\\d{1,6})?");

    private final HeaderRow header;
    private final RankingRules rules;
    private final FaultLog faults;
    private final Doubles doubles = new Doubles();
    private final RankingOrder order = new RankingOrder();
    private final Totals totals;

    RowReader(HeaderRow header, RankingRules rules, FaultLog faults, Totals totals) {
        this.header = header;
        this.rules = rules;
        this.faults = faults;
        this.totals = totals;
    }

    /** The application in a row; null when the row has an error. */
    @Nullable
    RankingRow read(SheetRow row) {
        CardBook cards = rules.cards();
        return cards != null && header.isByCard() ? readByCard(row, cards) : readByPerson(row);
    }

    /** A card and a sum: who that is the book knows. */
    private @Nullable RankingRow readByCard(SheetRow row, CardBook book) {
        int errorsBefore = faults.errors();
        checkShape(row);
        RowCells cells = new RowCells(row, header, faults);
        int position = cells.count(Column.POSITION, FaultCode.NUMBER_UNREADABLE);
        String application = application(cells);
        CardCell card = CardCell.read(cells, book);
        OutcomeCells outcome = OutcomeCells.read(cells);
        AmountCell amount = AmountCell.read(cells, outcome, card.householdSize(), rules);
        doubles.check(cells, application, card);
        order.check(cells, position, null);
        totals.add(amount, true);
        return faults.errors() > errorsBefore
                ? null
                : RankingRow.ofCard(row.number(), position, application, amount.cents(), card.code());
    }

    private @Nullable RankingRow readByPerson(SheetRow row) {
        int errorsBefore = faults.errors();
        checkShape(row);
        RowCells cells = new RowCells(row, header, faults);
        int position = cells.count(Column.POSITION, FaultCode.NUMBER_UNREADABLE);
        String application = application(cells);
        PersonCells person = PersonCells.read(cells, rules.today());
        OutcomeCells outcome = OutcomeCells.read(cells);
        HouseholdCells household = HouseholdCells.read(cells, outcome.mayGetMoney(), rules.householdSizeMax());
        BigDecimal score = score(cells);
        AmountCell amount = AmountCell.read(cells, outcome, household.size(), rules);
        LocalDateTime submitted = submitted(cells);
        ContactCells contact = ContactCells.read(cells);
        String card = cells.text(Column.CARD);
        doubles.check(cells, application, card, person, household, contact.address(), outcome.mayGetMoney());
        order.check(cells, position, score);
        totals.add(amount, outcome.outcome() == Outcome.ADMITTED);
        Outcome decided = outcome.outcome();
        if (faults.errors() > errorsBefore || decided == null) {
            return null;
        }
        return new RankingRow(
                row.number(),
                position,
                application,
                person.taxCode(),
                person.taxCodeReason(),
                person.familyName(),
                person.givenName(),
                person.birthDate(),
                household.size(),
                household.code(),
                household.minors(),
                household.disabled(),
                score,
                decided,
                outcome.reason(),
                amount.cents(),
                submitted,
                contact.address(),
                contact.phone(),
                contact.email(),
                card);
    }

    private void checkShape(SheetRow row) {
        if (row.isTooWide()) {
            faults.add(
                    row.number(),
                    "",
                    FaultCode.LINE_TOO_MANY_COLUMNS,
                    "",
                    rules.limits().columns());
        }
        for (int i = header.width(); i < row.cells().size(); i++) {
            if (!CellText.plain(row.cell(i)).isEmpty()) {
                faults.add(row.number(), "", FaultCode.LINE_SHIFTED, "");
                break;
            }
        }
        for (int column : row.cutCells()) {
            faults.add(
                    row.number(),
                    header.headerAt(column),
                    FaultCode.CELL_TOO_LONG,
                    "",
                    rules.limits().cellChars());
        }
    }

    private static String application(RowCells cells) {
        String application = cells.text(Column.APPLICATION);
        if (application.isEmpty() && cells.has(Column.APPLICATION) && !cells.isFilled(Column.APPLICATION)) {
            cells.fault(Column.APPLICATION, FaultCode.APPLICATION_MISSING, "");
        }
        return application;
    }

    private static @Nullable BigDecimal score(RowCells cells) {
        String text = cells.text(Column.SCORE);
        if (text.isEmpty()) {
            return null;
        }
        if (!SCORE.matcher(text).matches()) {
            cells.fault(Column.SCORE, FaultCode.NUMBER_UNREADABLE, "");
            return null;
        }
        return new BigDecimal(text.replace(',', '.'));
    }

    private @Nullable LocalDateTime submitted(RowCells cells) {
        String text = cells.text(Column.SUBMITTED);
        if (text.isEmpty()) {
            return null;
        }
        LocalDateTime time = cells.take(Column.SUBMITTED, ItalianDate.read(text, rules.today()));
        if (time != null && time.toLocalDate().isAfter(rules.today())) {
            cells.fault(Column.SUBMITTED, FaultCode.DATE_IN_FUTURE, "");
            return null;
        }
        if (time != null && time.getYear() < OLDEST_CALL_YEAR) {
            cells.fault(Column.SUBMITTED, FaultCode.DATE_TOO_OLD, "");
            return null;
        }
        return time;
    }
}
