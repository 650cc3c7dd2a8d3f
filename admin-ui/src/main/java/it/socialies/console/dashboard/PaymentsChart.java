// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import it.socialies.console.chart.BarChart;
import it.socialies.console.dashboard.CircuitFigures.Day;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.DataTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is paid by the hour of today, or by the day of the last two weeks; the same figures as a table. */
final class PaymentsChart extends Section {
    private static final int OPENING_HOUR = 8;
    private static final int CLOSING_HOUR = 20;

    private final Button hours = new Button(getTranslation("dashboard.chart.hours"), click -> choose(true));
    private final Button days = new Button(getTranslation("dashboard.chart.days"), click -> choose(false));
    private final BarChart chart = new BarChart();
    private final DataTable<Bar> table = new DataTable<Bar>(getTranslation("dashboard.chart.title"))
            .kept()
            .text(getTranslation("dashboard.chart.when"), Bar::when)
            .amount(getTranslation("dashboard.chart.count"), bar -> Money.count(bar.payments, getLocale()))
            .amount(getTranslation("dashboard.chart.amount"), bar -> Money.euro(bar.cents, getLocale()));
    private @Nullable CircuitFigures shown;
    private boolean isByHour;

    PaymentsChart() {
        addClassName("panel");
        // Buttons, not Vaadin's tabs: these fail the accessibility rule on a tab list's children.
        Div periods = new Div(hours, days);
        periods.addClassName("choices");
        periods.getElement().setAttribute("role", "group");
        periods.getElement().setAttribute("aria-label", getTranslation("dashboard.chart.period"));
        hours.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        days.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        choose(true);
        Div head = new Div(new H2(getTranslation("dashboard.chart.title")), periods);
        head.addClassName("panel-head");
        add(head, chart, new Details(getTranslation("dashboard.chart.table"), table));
    }

    void show(CircuitFigures figures) {
        shown = figures;
        draw();
    }

    private void choose(boolean byHour) {
        isByHour = byHour;
        hours.getElement().setAttribute("aria-pressed", Boolean.toString(byHour));
        days.getElement().setAttribute("aria-pressed", Boolean.toString(!byHour));
        draw();
    }

    private void draw() {
        CircuitFigures figures = shown;
        if (figures == null) {
            return;
        }
        if (isByHour) {
            drawHours(figures);
        } else {
            drawDays(figures);
        }
    }

    /** From the first to the last hour in which something was paid, but at least the opening hours of a shop. */
    private void drawHours(CircuitFigures figures) {
        List<Long> payments = figures.today().hourPayments();
        List<Long> drawn = figures.today().hourDrawn();
        int first = OPENING_HOUR;
        int last = CLOSING_HOUR;
        for (int hour = 0; hour < payments.size(); hour++) {
            if (payments.get(hour) > 0) {
                first = Math.min(first, hour);
                last = Math.max(last, hour);
            }
        }
        List<Bar> bars = new ArrayList<>();
        for (int hour = first; hour <= last; hour++) {
            bars.add(new Bar(hour + ":00", payments.get(hour), drawn.get(hour)));
        }
        draw(bars);
    }

    private void drawDays(CircuitFigures figures) {
        List<Day> all = new ArrayList<>(figures.days());
        all.add(figures.today().day());
        draw(all.stream()
                .map(day -> new Bar(Times.shortDate(day.date(), getLocale()), day.payments(), day.drawn()))
                .toList());
    }

    private void draw(List<Bar> bars) {
        chart.showAmounts(
                bars.stream().map(Bar::when).toArray(String[]::new),
                bars.stream().mapToLong(Bar::cents).toArray(),
                "€");
        table.rows(bars);
    }

    private record Bar(String when, long payments, long cents) {}
}
