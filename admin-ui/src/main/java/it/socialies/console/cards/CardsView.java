// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.cards;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import it.socialies.console.lists.KeysetPages;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.session.Role;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.Links;
import it.socialies.console.view.LongGrid;
import it.socialies.console.view.Page;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** All cards, newest first, or those in one state; a number leads to its card at once. */
@Route(Links.CARDS)
@Menu(order = 30, title = "cards.title", icon = "vaadin:credit-card")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class CardsView extends Page implements BeforeEnterObserver {
    private static final String STATE = "state";

    private final CircuitReader circuit;
    private final TextField number = new TextField();
    private final Select<CardStatus> state = new Select<>();

    public CardsView(CircuitReader circuit) {
        this.circuit = circuit;
        number.setLabel(getTranslation("cards.filter.number"));
        number.setPlaceholder(getTranslation("cards.filter.example"));
        number.setClearButtonVisible(true);
        number.setMaxLength(20);
        number.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                find(change.getValue().strip());
            }
        });
        state.setLabel(getTranslation("cards.filter.state"));
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(getTranslation("cards.filter.any"));
        state.setItems(CardStatus.values());
        state.setItemLabelGenerator(
                each -> each == null ? getTranslation("cards.filter.any") : CardWords.state(each, getLocale()));
        state.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                QueryParameters wanted = change.getValue() == null
                        ? QueryParameters.empty()
                        : QueryParameters.simple(Map.of(STATE, change.getValue().word()));
                getUI().ifPresent(ui -> ui.navigate(CardsView.class, wanted));
            }
        });
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String word = event.getLocation()
                .getQueryParameters()
                .getSingleParameter(STATE)
                .orElse("");
        @Nullable
        CardStatus wanted = Arrays.stream(CardStatus.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElse(null);
        state.setValue(wanted);
        show(wanted);
    }

    /** Goes to the card of a number, or of a wallet's number to its newest card. */
    private void find(String text) {
        if (text.isEmpty()) {
            number.setInvalid(false);
            return;
        }
        OptionalLong card = Ids.CARD.parse(text);
        OptionalLong wallet = Ids.WALLET.parse(text);
        Optional<CardRow> found = circuit.read(view -> card.isPresent()
                ? CardQueries.find(view, card.getAsLong())
                : wallet.isPresent() ? CardQueries.newestOf(view, wallet.getAsLong()) : Optional.<CardRow>empty());
        number.setInvalid(found.isEmpty());
        number.setErrorMessage(getTranslation("cards.filter.unknown"));
        found.ifPresent(each -> getUI().ifPresent(ui -> ui.navigate(Links.cardPath(each.id()))));
    }

    private record Found(long count, Position position) {}

    private void show(@Nullable CardStatus wanted) {
        Found found = circuit.read(view -> new Found(CardQueries.count(view, wanted), view.position()));
        begin(getTranslation("cards.title"), found.position);
        Div filters = new Div(number, state);
        filters.addClassName("filters");
        filters.getElement().setAttribute("role", "search");
        filters.getElement().setAttribute("aria-label", getTranslation("cards.title"));
        Div summary = new Div(getTranslation("cards.count", found.count));
        summary.addClassNames("summary", "summary-count");
        summary.getElement().setAttribute("role", "status");
        add(filters, summary, grid(wanted, found.count));
    }

    private LongGrid<CardRow> grid(@Nullable CardStatus wanted, long count) {
        Locale locale = getLocale();
        LongGrid<CardRow> grid = new LongGrid<>(getTranslation("cards.title"));
        grid.link(
                        getTranslation("cards.column.id"),
                        card -> Ids.CARD.format(card.id()),
                        card -> Links.cardPath(card.id()))
                .setRowHeader(true);
        grid.badge(
                getTranslation("cards.column.state"),
                card -> CardWords.state(card.status(), locale),
                card -> CardWords.tone(card.status()),
                card -> card.status() == CardStatus.ISSUED ? getTranslation("cards.not-assigned") : "");
        grid.amount(getTranslation("cards.column.vouchers"), card -> balance(card, card.vouchers()));
        grid.amount(getTranslation("cards.column.ies"), card -> card.ies() == 0 ? "" : Money.ies(card.ies(), locale));
        grid.text(getTranslation("cards.column.issued"), card -> day(card.issuedMs()));
        grid.text(getTranslation("cards.column.changed"), card -> day(card.statusChangedMs()));
        grid.text(getTranslation("cards.column.replaces"), card -> Ids.CARD.format(card.replacesId()));
        grid.narrow(
                getTranslation("cards.narrow"),
                LitRenderer.<CardRow>of("""
                        <div class="card-row">
                          <div><a href="${item.path}" router-link>${item.id}</a><strong class="amount">${item.vouchers}</strong></div>
                          <div><span class="note">${item.day}</span><span class="${item.style}">${item.state}</span></div>
                        </div>""")
                        .withProperty("path", card -> Links.cardPath(card.id()))
                        .withProperty("id", card -> Ids.CARD.format(card.id()))
                        .withProperty("vouchers", card -> balance(card, card.vouchers()))
                        .withProperty("day", card -> getTranslation("cards.issued-on", day(card.issuedMs())))
                        .withProperty(
                                "style", card -> CardWords.tone(card.status()).className())
                        .withProperty("state", card -> CardWords.state(card.status(), locale)));
        grid.setEmptyStateText(getTranslation("cards.empty"));
        grid.show(
                new KeysetPages<>(
                        (last, skip, limit) -> circuit.read(view -> CardQueries.page(view, wanted, last, skip, limit))),
                CardRow::id,
                Math.toIntExact(count));
        return grid;
    }

    /** A replaced card has nothing any more: the wallet's money is on the card that took its place. */
    private String balance(CardRow card, long amount) {
        return card.status() == CardStatus.REPLACED ? "" : Money.euro(amount, getLocale());
    }

    private String day(long epochMs) {
        return Times.date(Times.date(epochMs), getLocale());
    }
}
