// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.text.Money;
import it.socialies.console.view.DataTable;
import it.socialies.console.view.Links;
import it.socialies.console.view.Page;
import it.socialies.console.view.Words;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The programmes of the circuit, each with where its money is. */
@Route(Links.PROGRAMMES)
@Menu(order = 20, title = "programmes.title", icon = "vaadin:piggy-bank")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class ProgrammesView extends Page implements BeforeEnterObserver {
    /** A town has a handful a year. */
    private static final int PAGE = 50;

    private record Found(List<Programme> programmes, Position position) {}

    private final CircuitReader circuit;
    private final CircuitNames names;
    private final List<Programme> shown = new ArrayList<>();

    public ProgrammesView(CircuitReader circuit, Operator operator, NameBook names) {
        this.circuit = circuit;
        this.names = names.of(operator);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        shown.clear();
        more();
    }

    private void more() {
        @Nullable Programme last = shown.isEmpty() ? null : shown.getLast();
        Found found = circuit.read(view -> new Found(ProgrammeQueries.page(view, last, PAGE + 1), view.position()));
        List<Programme> page = found.programmes;
        boolean hasMore = page.size() > PAGE;
        shown.addAll(hasMore ? page.subList(0, PAGE) : page);
        show(found.position, hasMore);
    }

    private void show(Position position, boolean hasMore) {
        begin(getTranslation("programmes.title"), position);
        if (shown.isEmpty()) {
            add(empty("programmes.empty"));
            return;
        }
        long now = now(position);
        add(new DataTable<Programme>(getTranslation("programmes.title"))
                .column(
                        getTranslation("programmes.column.name"),
                        programme -> Links.programme(programme.id(), names.programme(programme.id())))
                .column(
                        getTranslation("programmes.column.state"),
                        programme -> ProgrammeWords.badge(programme, now, getLocale()))
                .text(
                        getTranslation("programmes.column.term"),
                        programme -> Words.term(programme.validFromMs(), programme.validUntilMs(), getLocale()))
                .amount(
                        getTranslation("programmes.money.assigned"),
                        programme -> euro(programme.money().assigned()))
                .amount(
                        getTranslation("programmes.money.awarded"),
                        programme -> euro(programme.money().awarded()))
                .amount(
                        getTranslation("programmes.money.spent"),
                        programme -> euro(programme.money().spent()))
                .amount(
                        getTranslation("programmes.money.on-cards"),
                        programme -> euro(programme.money().onCards()))
                .amount(
                        getTranslation("programmes.money.in-fund"),
                        programme -> euro(programme.money().inFund()))
                .rows(shown));
        if (hasMore) {
            add(new Button(getTranslation("view.show-more"), click -> more()));
        }
    }

    private String euro(long cents) {
        return Money.euro(cents, getLocale());
    }
}
