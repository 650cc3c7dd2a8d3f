// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.cards;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import it.socialies.console.cards.CardQueries.CardDetail;
import it.socialies.console.cards.CardQueries.PocketBalance;
import it.socialies.console.cards.CardQueries.WalletMovement;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.ledger.Movement;
import it.socialies.console.ledger.MovementKind;
import it.socialies.console.lists.KeysetPages;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.Badge;
import it.socialies.console.view.Badge.Tone;
import it.socialies.console.view.DataTable;
import it.socialies.console.view.Facts;
import it.socialies.console.view.Links;
import it.socialies.console.view.LongGrid;
import it.socialies.console.view.Page;
import it.socialies.console.view.Words;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;

/** One card: its state, what its wallet holds and until when, and everything that happened there. */
@Route(Links.CARDS + "/:id")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class CardView extends Page implements BeforeEnterObserver {
    private record Found(CardDetail detail, long movements, Position position) {}

    private final CircuitReader circuit;
    private final CircuitNames names;

    public CardView(CircuitReader circuit, Operator operator, NameBook names) {
        this.circuit = circuit;
        this.names = names.of(operator);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        long id = idIn(event, Ids.CARD);
        show(circuit.read(view -> {
            CardDetail detail = CardQueries.detail(view, id).orElseThrow(NotFoundException::new);
            return new Found(
                    detail, CardQueries.historyCount(view, detail.card().walletId()), view.position());
        }));
    }

    private void show(Found found) {
        CardRow card = found.detail.card();
        begin(
                getTranslation("cards.one", Ids.CARD.format(card.id())),
                Links.to(Links.CARDS, getTranslation("cards.title")),
                found.position,
                new Badge(CardWords.state(card.status(), getLocale()), CardWords.tone(card.status())));
        Div first = new Div();
        first.addClassNames("side-by-side", "second-wider");
        add(first);
        first.add(
                section("cards.about", about(found.detail)),
                section("cards.balances", balances(found.detail.pockets(), now(found.position))));
        if (found.movements == 0) {
            section("cards.history", empty("cards.no-history"));
        } else {
            section("cards.history", history(card, found.movements));
        }
    }

    private Facts about(CardDetail detail) {
        CardRow card = detail.card();
        Facts about = new Facts().with(getTranslation("cards.fact.issued"), day(card.issuedMs()));
        if (card.status() == CardStatus.ISSUED) {
            about.with(getTranslation("cards.fact.assigned"), getTranslation("cards.not-assigned"));
        } else if (card.assignedMs() > 0) {
            // A card that took another's place has no hand-over of its own.
            about.with(getTranslation("cards.fact.assigned"), day(card.assignedMs()));
        }
        about.with(getTranslation("cards.fact.changed"), day(card.statusChangedMs()))
                .with(
                        getTranslation("cards.fact.household"),
                        detail.householdSize() == 0
                                ? getTranslation("cards.household-unknown")
                                : Integer.toString(detail.householdSize()))
                .with(getTranslation("cards.fact.wallet"), Ids.WALLET.format(card.walletId()));
        if (!detail.ofSameWallet().isEmpty()) {
            about.with(
                    getTranslation("cards.fact.others"),
                    detail.ofSameWallet().stream().map(this::other).toArray(Component[]::new));
        }
        Anchor payments =
                Links.to(Links.PAYMENTS + "?card=" + Ids.CARD.format(card.id()), getTranslation("cards.payments"));
        return about.with(getTranslation("cards.fact.payments"), payments);
    }

    private Component other(CardRow card) {
        return new Div(Links.card(card.id()), new Span(" (" + CardWords.state(card.status(), getLocale()) + ")"));
    }

    private Component balances(List<PocketBalance> pockets, long nowMs) {
        if (pockets.isEmpty()) {
            return empty("cards.no-balances");
        }
        return new DataTable<PocketBalance>(getTranslation("cards.balances"))
                .column(getTranslation("cards.pocket.source"), this::source)
                .unbroken(
                        getTranslation("cards.pocket.until"),
                        pocket -> pocket.programmeId() == 0
                                ? getTranslation("cards.pocket.no-term")
                                : Times.date(Times.date(pocket.validUntilMs() - 1), getLocale()))
                .column(getTranslation("cards.pocket.state"), pocket -> state(pocket, nowMs))
                .amount(getTranslation("cards.pocket.held"), pocket -> money(pocket, pocket.held()))
                .amount(getTranslation("cards.pocket.available"), pocket -> money(pocket, pocket.available()))
                .rows(pockets);
    }

    private String money(PocketBalance pocket, long amount) {
        return Words.money(amount, unit(pocket.programmeId()), getLocale());
    }

    private static MoneyUnit unit(long programmeId) {
        return programmeId == 0 ? MoneyUnit.IES : MoneyUnit.EUR;
    }

    private Component source(PocketBalance pocket) {
        String name = Words.source(pocket.programmeId(), names);
        return pocket.programmeId() == 0 ? new Span(name) : Links.programme(pocket.programmeId(), name);
    }

    private Badge state(PocketBalance pocket, long nowMs) {
        if (pocket.isValidAt(nowMs)) {
            return new Badge(getTranslation("cards.pocket.valid"), Tone.GOOD);
        }
        return nowMs < pocket.validFromMs()
                ? new Badge(getTranslation("cards.pocket.not-yet"), Tone.WAITING)
                : new Badge(getTranslation("cards.pocket.ended"), Tone.OVER);
    }

    private LongGrid<WalletMovement> history(CardRow card, long count) {
        Locale locale = getLocale();
        LongGrid<WalletMovement> grid = new LongGrid<>(getTranslation("cards.history"));
        grid.addClassName("short");
        grid.text(
                getTranslation("cards.movement.when"),
                each -> Times.dateTime(each.movement().timestampMs(), locale));
        grid.link(getTranslation("cards.movement.what"), this::what, CardView::path)
                .setFlexGrow(2);
        grid.text(getTranslation("cards.movement.source"), each -> Words.source(each.programmeId(), names));
        grid.amount(getTranslation("cards.movement.amount"), this::amount);
        grid.amount(
                getTranslation("cards.movement.sequence"),
                each -> Money.count(each.movement().sequence(), locale));
        grid.narrow(
                getTranslation("cards.history"),
                LitRenderer.<WalletMovement>of("""
                        <div class="card-row">
                          <div>${item.path ? html`<a href="${item.path}" router-link>${item.what}</a>` : item.what}<strong class="amount">${item.amount}</strong></div>
                          <div><span class="note">${item.when} · ${item.source}</span></div>
                        </div>""")
                        .withProperty("path", CardView::path)
                        .withProperty("what", this::what)
                        .withProperty("amount", this::amount)
                        .withProperty(
                                "when", each -> Times.dateTime(each.movement().timestampMs(), locale))
                        .withProperty("source", each -> Words.source(each.programmeId(), names)));
        grid.show(
                new KeysetPages<>((last, skip, limit) ->
                        circuit.read(view -> CardQueries.history(view, card.walletId(), last, skip, limit))),
                each -> List.of(each.movement().sequence(), each.movement().index(), each.sign()),
                Math.toIntExact(count));
        return grid;
    }

    private String what(WalletMovement each) {
        Movement movement = each.movement();
        return movement.kind() == MovementKind.TRANSFERRED
                ? Words.of(each.sign() > 0 ? "cards.came" : "cards.went", movement.reason(), getLocale())
                : Words.of("cards.kind", movement.kind(), getLocale());
    }

    /** Where a movement is told in full: its payment or its act; others have no page of their own. */
    private static String path(WalletMovement each) {
        Movement movement = each.movement();
        if (movement.paymentId() != 0) {
            return Links.paymentPath(movement.paymentId());
        }
        return switch (movement.reason()) {
            case TOPPED_UP, IES_ISSUED, IES_REDEEMED -> Links.proposalPath(movement.referenceId());
            case EXPIRED -> Links.programmePath(movement.referenceId());
            default -> "";
        };
    }

    private String amount(WalletMovement each) {
        String amount = Words.money(each.movement().amount(), unit(each.programmeId()), getLocale());
        if (!each.movement().isPosted()) {
            return "(" + amount + ")";
        }
        return (each.sign() > 0 ? "+" : "−") + amount;
    }

    private String day(long epochMs) {
        return Times.date(Times.date(epochMs), getLocale());
    }
}
