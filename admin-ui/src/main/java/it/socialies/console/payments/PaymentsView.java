// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import it.socialies.console.lists.KeysetPages;
import it.socialies.console.live.LiveFeed;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.CircuitView;
import it.socialies.console.projection.Position;
import it.socialies.console.projection.ProjectionAway;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.Links;
import it.socialies.console.view.LongGrid;
import it.socialies.console.view.Page;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;

/** All payments, found by what one knows of them. The search is in the address: it can be kept, sent, and gone back to. */
@Route(Links.PAYMENTS)
@Menu(order = 10, title = "payments.title", icon = "vaadin:money")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class PaymentsView extends Page implements BeforeEnterObserver {
    /** @param isOfAll whether nothing was asked for in particular */
    private record Found(boolean isOfAll, PaymentSearch search, PaymentSearch.Totals totals, Position position) {}

    private final CircuitReader circuit;
    private final LiveFeed live;
    private final CircuitNames names;

    public PaymentsView(CircuitReader circuit, Operator operator, NameBook names, LiveFeed live) {
        this.circuit = circuit;
        this.live = live;
        this.names = names.of(operator);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show(PaymentAddress.read(event.getLocation().getQueryParameters()));
    }

    private void search(PaymentFilter filter) {
        getUI().ifPresent(ui -> ui.navigate(PaymentsView.class, PaymentAddress.of(filter)));
    }

    private void show(PaymentFilter filter) {
        Found found;
        try {
            found = circuit.read(view -> {
                PaymentSearch search = PaymentSearch.open(view, filter);
                return new Found(filter.equals(PaymentFilter.ALL), search, search.totals(view), view.position());
            });
        } catch (ProjectionAway e) {
            if (!e.isTimeout()) {
                throw e;
            }
            begin(getTranslation("payments.title"), circuit.read(CircuitView::position));
            add(filters(filter), empty("fault.slow.message"));
            return;
        }
        begin(getTranslation("payments.title"), found.position, refresh(filter, found.position));
        add(filters(filter), summary(filter, found), grid(found));
    }

    private Details filters(PaymentFilter filter) {
        PaymentFilterForm form = new PaymentFilterForm(names, this::search);
        form.show(filter);
        Details filters = new Details(getTranslation("payments.filter.name"), form);
        filters.addClassName("filter-panel");
        filters.addAttachListener(attached ->
                filters.setOpened(!filter.equals(PaymentFilter.ALL) || !LongGrid.isNarrow(attached.getUI())));
        return filters;
    }

    /** Offered once there is something newer than the list. */
    private Button refresh(PaymentFilter filter, Position position) {
        Button refresh = new Button(getTranslation("view.newer"), VaadinIcon.REFRESH.create(), click -> show(filter));
        refresh.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
        live.follow(refresh, state -> refresh.setVisible(state.sequence() > position.sequence()));
        return refresh;
    }

    private Div summary(PaymentFilter filter, Found found) {
        Locale locale = getLocale();
        PaymentSearch.Totals totals = found.totals;
        Span count = new Span(
                totals.isAll()
                        ? getTranslation("payments.count", totals.count())
                        : getTranslation("payments.more-than", Money.count(totals.count(), locale)));
        count.addClassName("summary-count");
        Div summary = new Div(count);
        summary.addClassName("summary");
        summary.getElement().setAttribute("role", "status");
        if (totals.isAll() && totals.count() > 0) {
            summary.add(new Span(getTranslation("payments.net", Money.euro(totals.net(), locale))));
            if (totals.refunded() > 0) {
                summary.add(new Span(getTranslation("payments.refunded", Money.euro(totals.refunded(), locale))));
            }
        } else if (!totals.isAll()) {
            summary.add(new Span(getTranslation("payments.narrow-for-sums")));
        }
        if (filter.source() != 0 && totals.count() > 0) {
            summary.add(new Span(getTranslation("payments.part-only")));
        }
        if (totals.count() > 0) {
            summary.add(export(filter, totals));
        }
        return summary;
    }

    private Anchor export(PaymentFilter filter, PaymentSearch.Totals totals) {
        boolean isWhole = totals.isAll() && totals.count() <= PaymentCsv.ROWS_MAX;
        String text = isWhole
                ? getTranslation("payments.export")
                : getTranslation("payments.export-newest", Money.count(PaymentCsv.ROWS_MAX, getLocale()));
        Anchor export = new Anchor(new PaymentDownload(circuit, filter, names, getLocale()), text);
        export.addClassName("export");
        return export;
    }

    private LongGrid<PaymentRow> grid(Found found) {
        Locale locale = getLocale();
        LongGrid<PaymentRow> grid = new LongGrid<>(getTranslation("payments.title"));
        grid.link(
                        getTranslation("payments.column.id"),
                        payment -> Ids.PAYMENT.format(payment.id()),
                        payment -> Links.paymentPath(payment.id()))
                .setAutoWidth(true)
                .setFlexGrow(0)
                .setRowHeader(true);
        grid.text(getTranslation("payments.column.time"), payment -> Times.dateTime(payment.createdMs(), locale))
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.link(
                        getTranslation("payments.column.shop"),
                        payment -> names.shop(payment.shopId()),
                        payment -> Links.shopPath(payment.shopId()))
                .setFlexGrow(4);
        grid.link(
                        getTranslation("payments.column.card"),
                        payment -> Ids.CARD.format(payment.cardId()),
                        payment -> payment.cardId() == 0 ? "" : Links.cardPath(payment.cardId()))
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.badge(
                        getTranslation("payments.column.state"),
                        payment -> PaymentWords.state(payment.state(), locale),
                        payment -> PaymentWords.tone(payment.state()),
                        payment -> PaymentWords.note(payment, locale))
                .setFlexGrow(3);
        grid.amount(getTranslation("payments.column.bill"), payment -> Money.euro(payment.billTotal(), locale));
        grid.amount(getTranslation("payments.column.drawn"), payment -> Money.euro(payment.drawn(), locale));
        grid.narrow(getTranslation("payments.title"), card(locale));
        grid.setEmptyStateText(getTranslation(found.isOfAll ? "payments.none" : "payments.empty"));
        grid.show(
                new KeysetPages<>(
                        (last, skip, limit) -> circuit.read(view -> found.search.page(view, last, skip, limit))),
                PaymentRow::id,
                found.totals.isAll() ? Math.toIntExact(found.totals.count()) : -1);
        return grid;
    }

    /** A payment on a narrow screen. */
    private LitRenderer<PaymentRow> card(Locale locale) {
        return LitRenderer.<PaymentRow>of("""
                        <div class="card-row">
                          <div><a href="${item.path}" router-link>${item.shop}</a><strong class="amount">${item.amount}</strong></div>
                          <div><span class="note">${item.time} · ${item.id}</span><span class="${item.style}">${item.state}</span></div>
                          <div class="note">${item.note}</div>
                        </div>""")
                .withProperty("path", payment -> Links.paymentPath(payment.id()))
                .withProperty("shop", payment -> names.shop(payment.shopId()))
                .withProperty("amount", payment -> Money.euro(told(payment), locale))
                .withProperty("time", payment -> Times.dateTime(payment.createdMs(), locale))
                .withProperty("id", payment -> Ids.PAYMENT.format(payment.id()))
                .withProperty(
                        "style", payment -> PaymentWords.tone(payment.state()).className())
                .withProperty("state", payment -> PaymentWords.state(payment.state(), locale))
                .withProperty("note", payment -> PaymentWords.note(payment, locale));
    }

    /** What was paid with the card, or, where nothing was, what was asked for. */
    private static long told(PaymentRow payment) {
        return payment.state() == PaymentState.REJECTED ? payment.eligible() : payment.drawn();
    }
}
