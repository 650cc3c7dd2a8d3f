// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.traces;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;

/** Stops with arrows between them, each arrow with what went along it. On a narrow screen it runs downwards. */
final class Way extends OrderedList {
    Way() {
        addClassName("way");
    }

    /** A place where money is. */
    void stop(Component name, String note) {
        addItem("stop", name, note);
    }

    /** The payment itself. */
    void here(Component name, String note) {
        addItem("stop here", name, note);
    }

    /** Money that went. */
    void leg(String amount, String what) {
        addItem("leg", amountOf(amount), what);
    }

    /** Money that has not gone yet. */
    void openLeg(String amount, String what) {
        addItem("leg open", amountOf(amount), what);
    }

    private static Span amountOf(String amount) {
        Span span = new Span(amount);
        span.addClassName("amount");
        return span;
    }

    private void addItem(String style, Component name, String note) {
        Span small = new Span(note);
        small.addClassName("note");
        ListItem item = new ListItem(name, small);
        item.getElement().setAttribute("class", style);
        add(item);
    }
}
