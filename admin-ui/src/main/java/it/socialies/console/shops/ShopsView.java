// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.shops;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import it.socialies.console.lists.KeysetPages;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.shops.ShopQueries.Period;
import it.socialies.console.shops.ShopQueries.Shop;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.Links;
import it.socialies.console.view.LongGrid;
import it.socialies.console.view.Page;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shops of the circuit: what each took this month and what it is still owed. */
@Route(Links.SHOPS)
@Menu(order = 40, title = "shops.title", icon = "vaadin:shop")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class ShopsView extends Page implements BeforeEnterObserver {
    private static final String STATE = "state";
    private static final String NAME = "name";

    private final CircuitReader circuit;
    private final CircuitNames names;
    private final TextField name = new TextField();
    private final Select<ShopStatus> state = new Select<>();

    private record Found(long count, Position position) {}

    public ShopsView(CircuitReader circuit, Operator operator, NameBook names) {
        this.circuit = circuit;
        this.names = names.of(operator);
        name.setLabel(getTranslation("shops.filter.name"));
        name.setClearButtonVisible(true);
        name.setMaxLength(120);
        name.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        state.setLabel(getTranslation("shops.filter.state"));
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(getTranslation("shops.filter.any"));
        state.setItems(ShopStatus.values());
        state.setItemLabelGenerator(
                each -> each == null ? getTranslation("shops.filter.any") : ShopWords.state(each, getLocale()));
        name.addValueChangeListener(change -> search(change.isFromClient()));
        state.addValueChangeListener(change -> search(change.isFromClient()));
    }

    private void search(boolean isAsked) {
        if (!isAsked) {
            return;
        }
        Map<String, String> wanted = new HashMap<>();
        if (!name.getValue().isBlank()) {
            wanted.put(NAME, name.getValue().strip());
        }
        if (state.getValue() != null) {
            wanted.put(STATE, state.getValue().word());
        }
        getUI().ifPresent(ui -> ui.navigate(ShopsView.class, QueryParameters.simple(wanted)));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters wanted = event.getLocation().getQueryParameters();
        String word = wanted.getSingleParameter(STATE).orElse("");
        name.setValue(wanted.getSingleParameter(NAME).orElse(""));
        state.setValue(Arrays.stream(ShopStatus.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElse(null));
        show();
    }

    private void show() {
        @Nullable ShopStatus status = state.getValue();
        @Nullable List<Long> only = name.getValue().isBlank() ? null : names.shopsLike(name.getValue());
        Found found = circuit.read(view -> new Found(ShopQueries.count(view, status, only), view.position()));
        long now = now(found.position);
        begin(getTranslation("shops.title"), found.position);
        Div filters = new Div(name, state);
        filters.addClassName("filters");
        filters.getElement().setAttribute("role", "search");
        filters.getElement().setAttribute("aria-label", getTranslation("shops.title"));
        Div summary = new Div(getTranslation("shops.count", found.count));
        summary.addClassNames("summary", "summary-count");
        summary.getElement().setAttribute("role", "status");
        add(filters, summary, grid(status, only, found.count, now));
    }

    private LongGrid<Shop> grid(@Nullable ShopStatus status, @Nullable List<Long> only, long count, long nowMs) {
        Locale locale = getLocale();
        Period month = ShopWords.monthOf(nowMs);
        String monthName = ShopWords.month(Times.date(nowMs), locale);
        LongGrid<Shop> grid = new LongGrid<>(getTranslation("shops.title"));
        grid.link(getTranslation("shops.column.name"), shop -> names.shop(shop.id()), shop -> Links.shopPath(shop.id()))
                .setRowHeader(true)
                .setFlexGrow(3);
        grid.text(getTranslation("shops.column.trade"), shop -> ShopWords.trade(shop.trade(), locale))
                .setFlexGrow(2);
        grid.badge(
                getTranslation("shops.column.state"),
                shop -> ShopWords.state(shop.status(), locale),
                shop -> ShopWords.tone(shop.status()),
                shop -> "");
        grid.amount(getTranslation("shops.column.payments", monthName), shop -> Money.count(shop.payments(), locale));
        grid.amount(getTranslation("shops.column.taken", monthName), shop -> Money.euro(shop.taken(), locale));
        grid.amount(getTranslation("shops.column.owed"), shop -> Money.euro(shop.owedEuro(), locale));
        grid.amount(
                getTranslation("shops.column.owed-ies"),
                shop -> shop.owedIes() == 0 ? "" : Money.ies(shop.owedIes(), locale));
        grid.narrow(
                getTranslation("shops.narrow", monthName),
                LitRenderer.<Shop>of("""
                        <div class="card-row">
                          <div><a href="${item.path}" router-link>${item.name}</a><strong class="amount">${item.taken}</strong></div>
                          <div><span class="note">${item.owed}</span><span class="${item.style}">${item.state}</span></div>
                        </div>""")
                        .withProperty("path", shop -> Links.shopPath(shop.id()))
                        .withProperty("name", shop -> names.shop(shop.id()))
                        .withProperty("taken", shop -> Money.euro(shop.taken(), locale))
                        .withProperty(
                                "owed", shop -> getTranslation("shops.owed-note", Money.euro(shop.owedEuro(), locale)))
                        .withProperty(
                                "style", shop -> ShopWords.tone(shop.status()).className())
                        .withProperty("state", shop -> ShopWords.state(shop.status(), locale)));
        grid.setEmptyStateText(getTranslation("shops.empty"));
        grid.show(
                new KeysetPages<>((last, skip, limit) ->
                        circuit.read(view -> ShopQueries.page(view, status, only, month, last, skip, limit))),
                Shop::id,
                Math.toIntExact(count));
        return grid;
    }
}
