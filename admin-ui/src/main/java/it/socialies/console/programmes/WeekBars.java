// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import it.socialies.console.programmes.ProgrammeQueries.Week;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.DataTable;
import java.util.List;
import java.util.Locale;

/** Spending week by week: a table whose amounts are also bars. */
final class WeekBars extends Div {
    private static final double PER_CENT = 100.0;

    WeekBars(List<Week> weeks) {
        long most = weeks.stream().mapToLong(Week::spent).max().orElse(0);
        addClassName("weeks");
        add(new DataTable<Week>(getTranslation("programmes.weeks"))
                .kept()
                .unbroken(getTranslation("programmes.week.monday"), week -> Times.date(week.monday(), getLocale()))
                .amount(getTranslation("programmes.week.payments"), week -> Money.count(week.payments(), getLocale()))
                .amount(getTranslation("programmes.week.spent"), week -> Money.euro(week.spent(), getLocale()))
                .column(getTranslation("programmes.week.bar"), week -> bar(week, most))
                .rows(weeks));
    }

    private static Span bar(Week week, long most) {
        Span bar = new Span();
        bar.addClassName("week-bar");
        bar.getElement().setAttribute("aria-hidden", "true");
        double width = most > 0 ? PER_CENT * Math.max(0, week.spent()) / most : 0;
        bar.getStyle().set("width", String.format(Locale.ROOT, "%.2f%%", width));
        return bar;
    }
}
