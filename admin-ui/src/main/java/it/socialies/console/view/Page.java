// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.view;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import it.socialies.console.projection.Position;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import java.util.OptionalLong;

/** A page about rows of the projection: a heading, the record it was read at, and sections. */
@StyleSheet("views.css")
public abstract class Page extends Div implements HasDynamicTitle {
    /** Name of the part of an address that is a public id: {@code payments/:id}. */
    protected static final String ID = "id";

    private String title = "";

    /**
     * Starts the page anew.
     *
     * @param crumb link to the list it belongs to
     * @param position what it was read at
     * @param beside what stands beside the heading: a state, for instance
     */
    protected void begin(String heading, Component crumb, Position position, Component... beside) {
        begin(heading, position, beside);
        getElement().insertChild(0, crumb.getElement());
        crumb.addClassName("crumb");
    }

    /** The same for a page that stands by itself. */
    protected void begin(String heading, Position position, Component... beside) {
        removeAll();
        addClassName("page");
        title = heading;
        Header header = new Header(new H1(heading));
        header.addClassName("page-head");
        header.add(beside);
        header.add(asOf(position));
        add(header);
    }

    private Span asOf(Position position) {
        Span asOf = new Span(getTranslation(
                "view.as-of", Money.count(position.sequence(), getLocale()), Times.time(now(position), getLocale())));
        asOf.addClassName("as-of");
        return asOf;
    }

    /** A part of the page under a heading. */
    protected Section section(String titleKey, Component... content) {
        H2 heading = new H2(getTranslation(titleKey));
        Section section = new Section(heading);
        section.add(content);
        section.addClassName("part");
        add(section);
        return section;
    }

    /** What to show where there is nothing: why, and what would change that. */
    protected Paragraph empty(String key, Object... arguments) {
        Paragraph empty = new Paragraph(getTranslation(key, arguments));
        empty.addClassName("empty");
        return empty;
    }

    /**
     * The number in the address.
     *
     * @throws NotFoundException when it is no id of this kind
     */
    protected static long idIn(BeforeEnterEvent event, Ids kind) {
        return event.getRouteParameters()
                .get(ID)
                .map(kind::parse)
                .orElse(OptionalLong.empty())
                .orElseThrow(NotFoundException::new);
    }

    /** The installation's time; a sandbox may be ahead of the clock on the wall. */
    protected static long now(Position position) {
        return Math.max(position.timestampMs(), System.currentTimeMillis() + position.clockOffsetMs());
    }

    @Override
    public String getPageTitle() {
        return title + " · " + getTranslation("layout.product");
    }
}
