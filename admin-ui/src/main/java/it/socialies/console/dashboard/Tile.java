// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;

/** One figure that matters, large, with its name above and what explains it below. */
final class Tile extends Section {
    private final Span value = new Span("–");
    private final Div details = new Div();

    Tile(String name) {
        addClassName("tile");
        value.addClassName("tile-value");
        details.addClassName("tile-details");
        add(new H2(name), value, details);
    }

    /** For tests, and for styles of their own. */
    Tile named(String testId) {
        getElement().setAttribute("data-figure", testId);
        return this;
    }

    void show(String text) {
        value.setText(text);
    }

    /** One line for each. */
    void explain(String... lines) {
        details.removeAll();
        for (String line : lines) {
            details.add(new Div(line));
        }
    }

    /** What else belongs to the figure. */
    Tile with(Component more) {
        add(more);
        return this;
    }
}
