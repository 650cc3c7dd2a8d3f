// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import it.socialies.console.cards.CardWords;
import it.socialies.console.ledger.Actor;
import it.socialies.console.lists.KeysetPages;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.programmes.ProgrammeQueries.Funding;
import it.socialies.console.programmes.ProgrammeQueries.Pocket;
import it.socialies.console.programmes.ProgrammeQueries.PocketCounts;
import it.socialies.console.programmes.ProgrammeQueries.ShopShare;
import it.socialies.console.programmes.ProgrammeQueries.Week;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.DataTable;
import it.socialies.console.view.Facts;
import it.socialies.console.view.Links;
import it.socialies.console.view.LongGrid;
import it.socialies.console.view.Page;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** One programme, for the official who answers for it: where the money is, whether it is being spent in time, where, and by how many cards. */
@Route(Links.PROGRAMMES + "/:id")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class ProgrammeView extends Page implements BeforeEnterObserver {
    private static final int WEEKS_SHOWN = 26;
    private static final int SHOPS_SHOWN = 20;
    private static final int FUNDINGS_SHOWN = 50;

    private record Found(
            Programme programme,
            PocketCounts pockets,
            List<Week> weeks,
            List<ShopShare> shops,
            List<Funding> fundings,
            Position position) {}

    private final CircuitReader circuit;
    private final CircuitNames names;

    public ProgrammeView(CircuitReader circuit, Operator operator, NameBook names) {
        this.circuit = circuit;
        this.names = names.of(operator);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        long id = idIn(event, Ids.PROGRAMME);
        show(circuit.read(view -> {
            Position position = view.position();
            LocalDate today = Times.date(now(position));
            return new Found(
                    ProgrammeQueries.find(view, id).orElseThrow(NotFoundException::new),
                    ProgrammeQueries.pocketCounts(view, id),
                    ProgrammeQueries.weeks(view, id, today.minusWeeks(WEEKS_SHOWN - 1L), today),
                    ProgrammeQueries.shops(view, id, SHOPS_SHOWN),
                    ProgrammeQueries.fundings(view, id, position.sequence(), FUNDINGS_SHOWN),
                    position);
        }));
    }

    private void show(Found found) {
        Programme programme = found.programme;
        Locale locale = getLocale();
        long now = now(found.position);
        begin(
                names.programme(programme.id()),
                Links.to(Links.PROGRAMMES, getTranslation("programmes.title")),
                found.position,
                ProgrammeWords.badge(programme, now, locale));
        Paragraph lead = new Paragraph(ProgrammeWords.term(programme, now, locale));
        lead.addClassName("lead");
        add(lead);
        Div first = new Div();
        first.addClassName("side-by-side");
        add(first);
        first.add(
                section("programmes.money", new ProgrammeShares(programme.money())),
                section("programmes.about", about(found)));
        section("programmes.weeks", found.weeks.isEmpty() ? empty("programmes.no-weeks") : new WeekBars(found.weeks));
        Div second = new Div();
        second.addClassName("side-by-side");
        add(second);
        second.add(
                section("programmes.shops", found.shops.isEmpty() ? empty("programmes.no-shops") : shops(found.shops)),
                section(
                        "programmes.fundings",
                        found.fundings.isEmpty() ? empty("programmes.no-fundings") : fundings(found.fundings)));
        section(
                "programmes.pockets",
                found.pockets.pockets() == 0 ? empty("programmes.no-pockets") : pockets(programme, found.pockets));
    }

    private Facts about(Found found) {
        Programme programme = found.programme;
        Facts about = new Facts()
                .with(getTranslation("programmes.fact.id"), Ids.PROGRAMME.format(programme.id()))
                .with(getTranslation("programmes.fact.trades"), ProgrammeWords.trades(programme, getLocale()))
                .with(getTranslation("programmes.fact.caps"), caps(programme))
                .withAmount(
                        getTranslation("programmes.money.awarded"),
                        euro(programme.money().awarded()))
                .withAmount(
                        getTranslation("programmes.money.expired"),
                        euro(programme.money().expired()))
                .withAmount(
                        getTranslation("programmes.fact.pockets"), Money.count(found.pockets.pockets(), getLocale()));
        if (found.pockets.untouched() > 0) {
            about.withAmount(
                    getTranslation("programmes.fact.untouched"), Money.count(found.pockets.untouched(), getLocale()));
        }
        return about;
    }

    private Component caps(Programme programme) {
        List<Long> caps = programme.caps();
        if (caps.stream().allMatch(cap -> cap == 0)) {
            return new Span(getTranslation("programmes.no-caps"));
        }
        Div lines = new Div();
        for (int i = 0; i < caps.size(); i++) {
            boolean isLast = i == caps.size() - 1;
            lines.add(new Div(getTranslation(
                    isLast ? "programmes.cap-last" : "programmes.cap",
                    i + 1,
                    caps.get(i) == 0 ? getTranslation("programmes.no-cap") : euro(caps.get(i)))));
        }
        return lines;
    }

    private DataTable<ShopShare> shops(List<ShopShare> shops) {
        return new DataTable<ShopShare>(getTranslation("programmes.shops"))
                .kept()
                .column(
                        getTranslation("programmes.shop.name"),
                        shop -> Links.shop(shop.shopId(), names.shop(shop.shopId())))
                .amount(getTranslation("programmes.shop.spent"), shop -> euro(shop.spent()))
                .rows(shops);
    }

    private DataTable<Funding> fundings(List<Funding> fundings) {
        return new DataTable<Funding>(getTranslation("programmes.fundings"))
                .unbroken(
                        getTranslation("programmes.funding.when"),
                        funding -> Times.date(Times.date(funding.timestampMs()), getLocale()))
                .amount(getTranslation("programmes.funding.amount"), funding -> euro(funding.amount()))
                .column(getTranslation("programmes.funding.act"), funding -> Links.proposal(funding.proposalId()))
                .text(
                        getTranslation("programmes.funding.proposed"),
                        funding -> Actor.operator(funding.proposerId()).publicId())
                .text(
                        getTranslation("programmes.funding.approved"),
                        funding -> Actor.operator(funding.deciderId()).publicId())
                .rows(fundings);
    }

    private LongGrid<Pocket> pockets(Programme programme, PocketCounts counts) {
        Locale locale = getLocale();
        LongGrid<Pocket> grid = new LongGrid<>(getTranslation("programmes.pockets"));
        grid.addClassName("short");
        grid.link(
                        getTranslation("programmes.pocket.card"),
                        pocket -> Ids.CARD.format(pocket.cardId()),
                        pocket -> Links.cardPath(pocket.cardId()))
                .setRowHeader(true);
        grid.badge(
                getTranslation("programmes.pocket.state"),
                pocket -> CardWords.state(pocket.cardStatus(), locale),
                pocket -> CardWords.tone(pocket.cardStatus()),
                pocket -> "");
        grid.amount(getTranslation("programmes.pocket.awarded"), pocket -> euro(pocket.awarded()));
        grid.amount(getTranslation("programmes.pocket.spent"), pocket -> euro(pocket.spent()));
        grid.amount(getTranslation("programmes.pocket.held"), pocket -> euro(pocket.held()));
        grid.amount(getTranslation("programmes.pocket.expired"), pocket -> euro(pocket.expired()));
        grid.amount(getTranslation("programmes.pocket.available"), pocket -> euro(pocket.available()));
        grid.narrow(
                getTranslation("programmes.pockets"),
                LitRenderer.<Pocket>of("""
                        <div class="card-row">
                          <div><a href="${item.path}" router-link>${item.id}</a><strong class="amount">${item.available}</strong></div>
                          <div><span class="note">${item.rest}</span><span class="${item.style}">${item.state}</span></div>
                        </div>""")
                        .withProperty("path", pocket -> Links.cardPath(pocket.cardId()))
                        .withProperty("id", pocket -> Ids.CARD.format(pocket.cardId()))
                        .withProperty("available", pocket -> euro(pocket.available()))
                        .withProperty(
                                "rest",
                                pocket -> getTranslation(
                                        "programmes.pocket.of", euro(pocket.awarded()), euro(pocket.spent())))
                        .withProperty(
                                "style",
                                pocket -> CardWords.tone(pocket.cardStatus()).className())
                        .withProperty("state", pocket -> CardWords.state(pocket.cardStatus(), locale)));
        grid.show(
                new KeysetPages<>((last, skip, limit) ->
                        circuit.read(view -> ProgrammeQueries.pockets(view, programme.id(), last, skip, limit))),
                Pocket::accountId,
                Math.toIntExact(counts.pockets()));
        return grid;
    }

    private String euro(long cents) {
        return Money.euro(cents, getLocale());
    }
}
