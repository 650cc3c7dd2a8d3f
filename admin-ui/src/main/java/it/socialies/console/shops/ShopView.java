// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.shops;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.shops.ShopQueries.Month;
import it.socialies.console.shops.ShopQueries.Payable;
import it.socialies.console.shops.ShopQueries.Shop;
import it.socialies.console.shops.ShopQueries.Till;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.Badge;
import it.socialies.console.view.DataTable;
import it.socialies.console.view.Facts;
import it.socialies.console.view.Links;
import it.socialies.console.view.Page;
import it.socialies.console.view.Words;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import java.util.List;

/** One shop: what it took month by month, what it is owed for which programme, and where its terminals stand. */
@Route(Links.SHOPS + "/:id")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class ShopView extends Page implements BeforeEnterObserver {
    private static final int MONTHS_SHOWN = 12;
    private static final int TILLS_SHOWN = 100;

    private record Found(Shop shop, List<Payable> payables, List<Month> months, List<Till> tills, Position position) {}

    private final CircuitReader circuit;
    private final CircuitNames names;

    public ShopView(CircuitReader circuit, Operator operator, NameBook names) {
        this.circuit = circuit;
        this.names = names.of(operator);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        long id = idIn(event, Ids.MERCHANT);
        show(circuit.read(view -> {
            Position position = view.position();
            LocalDate today = Times.date(now(position));
            return new Found(
                    ShopQueries.find(view, id, ShopWords.monthOf(now(position))).orElseThrow(NotFoundException::new),
                    ShopQueries.payables(view, id),
                    ShopQueries.months(view, id, today.minusMonths(MONTHS_SHOWN - 1L), today),
                    ShopQueries.tills(view, id, TILLS_SHOWN),
                    position);
        }));
    }

    private void show(Found found) {
        Shop shop = found.shop;
        begin(
                names.shop(shop.id()),
                Links.to(Links.SHOPS, getTranslation("shops.title")),
                found.position,
                new Badge(ShopWords.state(shop.status(), getLocale()), ShopWords.tone(shop.status())));
        Paragraph lead = new Paragraph(ShopWords.trade(shop.trade(), getLocale()));
        lead.addClassName("lead");
        add(lead);
        Div first = new Div();
        first.addClassName("side-by-side");
        add(first);
        first.add(section("shops.about", about(found)), section("shops.tills", tills(found.tills)));
        section("shops.payables", payables(found.payables));
        section("shops.months", months(found.months));
    }

    private Facts about(Found found) {
        Shop shop = found.shop;
        String month = ShopWords.month(Times.date(now(found.position)), getLocale());
        return new Facts()
                .with(getTranslation("shops.fact.id"), Ids.MERCHANT.format(shop.id()))
                .with(getTranslation("shops.fact.registered"), Times.date(Times.date(shop.registeredMs()), getLocale()))
                .withAmount(getTranslation("shops.column.payments", month), Money.count(shop.payments(), getLocale()))
                .withAmount(getTranslation("shops.column.taken", month), Money.euro(shop.taken(), getLocale()))
                .with(
                        getTranslation("shops.fact.payments"),
                        Links.to(
                                Links.PAYMENTS + "?shop=" + Ids.MERCHANT.format(shop.id()),
                                getTranslation("shops.payments")));
    }

    private Component payables(List<Payable> payables) {
        if (payables.isEmpty()) {
            return empty("shops.no-payables");
        }
        return new DataTable<Payable>(getTranslation("shops.payables"))
                .column(getTranslation("shops.payable.source"), this::source)
                .amount(getTranslation("shops.payable.captured"), payable -> money(payable, payable.captured()))
                .amount(getTranslation("shops.payable.paid-back"), payable -> money(payable, payable.paidBack()))
                .amount(getTranslation("shops.payable.held"), payable -> money(payable, payable.held()))
                .amount(getTranslation("shops.payable.owed"), payable -> money(payable, payable.owed()))
                .rows(payables);
    }

    private Component source(Payable payable) {
        String name = Words.source(payable.programmeId(), names);
        return payable.programmeId() == 0 ? new Span(name) : Links.programme(payable.programmeId(), name);
    }

    private String money(Payable payable, long amount) {
        return Words.money(amount, payable.unit(), getLocale());
    }

    private Component months(List<Month> months) {
        if (months.isEmpty()) {
            return empty("shops.no-months");
        }
        boolean hasIes = months.stream().anyMatch(month -> month.ies() != 0);
        DataTable<Month> table = new DataTable<Month>(getTranslation("shops.months"))
                .kept()
                .text(getTranslation("shops.month.name"), month -> ShopWords.month(month.first(), getLocale()))
                .amount(getTranslation("shops.month.payments"), month -> Money.count(month.payments(), getLocale()))
                .amount(getTranslation("shops.month.taken"), month -> Money.euro(month.euro(), getLocale()));
        if (hasIes) {
            table.amount(getTranslation("shops.month.ies"), month -> Money.ies(month.ies(), getLocale()));
        }
        return table.rows(months);
    }

    private Component tills(List<Till> tills) {
        if (tills.isEmpty()) {
            return empty("shops.no-tills");
        }
        return new DataTable<Till>(getTranslation("shops.tills"))
                .kept()
                .text(getTranslation("shops.till.outlet"), till -> Ids.OUTLET.format(till.outletId()))
                .text(getTranslation("shops.till.terminal"), till -> Ids.TERMINAL.format(till.terminalId()))
                .column(
                        getTranslation("shops.till.state"),
                        till -> till.status() == null
                                ? new Span(getTranslation("shops.till.none"))
                                : new Badge(
                                        Words.of("shops.terminal", till.status(), getLocale()),
                                        ShopWords.tone(till.status())))
                .text(
                        getTranslation("shops.till.since"),
                        till -> till.enrolledMs() == 0 ? "" : Times.date(Times.date(till.enrolledMs()), getLocale()))
                .rows(tills);
    }
}
