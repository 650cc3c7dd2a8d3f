// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import it.socialies.console.text.Money;

/** Where the assigned money is: one bar in parts, and a legend that holds the figures, so that the bar itself is for the eye only. */
final class MoneyBar extends Div {
    private static final double PERCENT = 100.0;

    private final Div bar = new Div();
    private final UnorderedList legend = new UnorderedList();

    MoneyBar() {
        addClassName("money-bar");
        bar.addClassName("money-bar-parts");
        bar.getElement().setAttribute("aria-hidden", "true");
        legend.addClassName("legend");
        add(bar, legend);
    }

    void show(CircuitFigures.Money money) {
        bar.removeAll();
        legend.removeAll();
        add("spent", money.spent(), money.assigned());
        add("held", money.held(), money.assigned());
        add("cards", money.onCards(), money.assigned());
        add("funds", money.inFunds(), money.assigned());
    }

    private void add(String name, long cents, long assigned) {
        Span part = new Span();
        part.addClassNames("part", "part-" + name);
        part.getStyle().setWidth(assigned == 0 ? "0" : PERCENT * cents / assigned + "%");
        bar.add(part);
        Span mark = new Span();
        mark.addClassNames("mark", "part-" + name);
        mark.getElement().setAttribute("aria-hidden", "true");
        Span amount = new Span(Money.euro(cents, getLocale()));
        amount.addClassName("amount");
        legend.add(new ListItem(mark, new Span(getTranslation("dashboard.money." + name)), amount));
    }
}
