// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** Names and what they stand for, side by side. */
public final class Facts extends DescriptionList {
    public Facts() {
        addClassName("facts");
    }

    public Facts with(String name, String value) {
        return with(name, new Span(value));
    }

    public Facts with(String name, Component... value) {
        Div pair = new Div(new Term(name), new Description(value));
        getElement().appendChild(pair.getElement());
        return this;
    }

    /** An amount with a mark before its name and a note before itself. */
    public Facts with(Span mark, String name, Span note, String amount) {
        Term term = new Term(mark, new Span(name));
        Description value = new Description(note, new Span(amount));
        Div pair = new Div(term, value);
        pair.addClassName("fact-amount");
        getElement().appendChild(pair.getElement());
        return this;
    }

    /** An amount; these stand aligned below each other. */
    public Facts withAmount(String name, String amount) {
        return withAmount(name, amount, "");
    }

    /** The same with a style of its own: {@code sum} for what the others add up to. */
    public Facts withAmount(String name, String amount, String className) {
        Div pair = new Div(new Term(name), new Description(amount));
        pair.addClassNames("fact-amount");
        if (!className.isEmpty()) {
            pair.addClassName(className);
        }
        getElement().appendChild(pair.getElement());
        return this;
    }
}
