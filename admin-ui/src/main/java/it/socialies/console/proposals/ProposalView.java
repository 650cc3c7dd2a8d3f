// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.proposals;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import it.socialies.console.cards.CardQueries;
import it.socialies.console.cards.CardRow;
import it.socialies.console.ledger.Actor;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.lists.KeysetPages;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.proposals.Proposal.Row;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Messages;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.Badge;
import it.socialies.console.view.Badge.Tone;
import it.socialies.console.view.Facts;
import it.socialies.console.view.Links;
import it.socialies.console.view.LongGrid;
import it.socialies.console.view.Page;
import it.socialies.console.view.Words;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One act: what was proposed, by whom, who decided, and, of an award to many, every row with what became of it. */
@Route(Links.PROPOSALS + "/:id")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class ProposalView extends Page implements BeforeEnterObserver {
    private record Found(Proposal proposal, Optional<CardRow> card, long rows, Position position) {}

    private final CircuitReader circuit;
    private final CircuitNames names;

    public ProposalView(CircuitReader circuit, Operator operator, NameBook names) {
        this.circuit = circuit;
        this.names = names.of(operator);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        long id = idIn(event, Ids.PROPOSAL);
        show(circuit.read(view -> {
            Proposal proposal = Proposal.find(view, id).orElseThrow(NotFoundException::new);
            return new Found(
                    proposal,
                    proposal.isAboutWallet()
                            ? CardQueries.newestOf(view, proposal.subjectId())
                            : Optional.<CardRow>empty(),
                    Proposal.rowCount(view, id),
                    view.position());
        }));
    }

    private void show(Found found) {
        Proposal proposal = found.proposal;
        begin(
                getTranslation(
                        "proposals.one",
                        Words.of("proposals.kind", proposal.kind(), getLocale()),
                        Ids.PROPOSAL.format(proposal.id())),
                found.position,
                new Badge(Words.of("proposals.state", proposal.state(), getLocale()), tone(proposal.state())));
        Div facts = new Div();
        facts.addClassName("side-by-side");
        add(facts);
        facts.add(section("proposals.about", about(found)), section("proposals.decision", decision(proposal)));
        if (found.rows > 0) {
            section("proposals.rows", rows(proposal, found.rows));
        }
    }

    private static Tone tone(ProposalState state) {
        return switch (state) {
            case PROPOSED, APPROVED -> Tone.WAITING;
            case EXECUTED -> Tone.GOOD;
            case REJECTED, CANCELLED -> Tone.OVER;
        };
    }

    private Facts about(Found found) {
        Proposal proposal = found.proposal;
        Facts about = new Facts();
        if (proposal.amount() != 0 && proposal.isAboutMoney()) {
            about.withAmount(
                    getTranslation("proposals.fact.amount"),
                    Words.money(proposal.amount(), unit(proposal.kind()), getLocale()));
        }
        if (proposal.kind() == ProposalKind.SET_EMERGENCY_FUND) {
            about.withAmount(getTranslation("proposals.fact.month-max"), Money.euro(proposal.amount(), getLocale()))
                    .withAmount(
                            getTranslation("proposals.fact.review-days"),
                            Money.count(proposal.targetId(), getLocale()));
        }
        long programme = proposal.programmeId();
        if (programme != 0) {
            about.with(
                    getTranslation("proposals.fact.programme"), Links.programme(programme, names.programme(programme)));
        }
        found.card.ifPresent(card -> about.with(getTranslation("proposals.fact.card"), Links.card(card.id())));
        if (proposal.shopId() != 0) {
            about.with(
                    getTranslation("proposals.fact.shop"),
                    Links.shop(proposal.shopId(), names.shop(proposal.shopId())));
        }
        if (proposal.kind() == ProposalKind.SETTLE) {
            about.with(getTranslation("proposals.fact.settlement"), Ids.SETTLEMENT.format(proposal.subjectId()))
                    .withAmount(getTranslation("proposals.fact.lines"), Money.count(proposal.rowCount(), getLocale()))
                    .with(getTranslation("proposals.fact.digest"), new Code(proposal.digest()));
        }
        if (proposal.kind() == ProposalKind.DECIDE_DISPUTE) {
            about.with(getTranslation("proposals.fact.dispute"), Ids.DISPUTE.format(proposal.subjectId()));
        }
        if (proposal.kind() == ProposalKind.TOP_UP_BATCH) {
            about.withAmount(getTranslation("proposals.fact.rows"), Money.count(proposal.rowCount(), getLocale()))
                    .withAmount(
                            getTranslation("proposals.fact.rows-done"), Money.count(proposal.rowsDone(), getLocale()))
                    .withAmount(
                            getTranslation("proposals.fact.total-done"), Money.euro(proposal.totalDone(), getLocale()))
                    .with(getTranslation("proposals.fact.digest"), new Code(proposal.digest()));
        }
        return about;
    }

    private static MoneyUnit unit(ProposalKind kind) {
        return kind == ProposalKind.ISSUE_IES || kind == ProposalKind.REDEEM_IES ? MoneyUnit.IES : MoneyUnit.EUR;
    }

    private Facts decision(Proposal proposal) {
        Facts decision = new Facts()
                .with(
                        getTranslation("proposals.fact.proposed"),
                        who(proposal.proposerId(), proposal.proposedMs(), proposal.proposedSequence()));
        return proposal.deciderId() == 0
                ? decision.with(getTranslation("proposals.fact.decided"), getTranslation("proposals.not-decided"))
                : decision.with(
                        getTranslation(
                                proposal.state() == ProposalState.REJECTED
                                        ? "proposals.fact.rejected"
                                        : "proposals.fact.approved"),
                        who(proposal.deciderId(), proposal.decidedMs(), proposal.decidedSequence()));
    }

    private Component who(long operatorId, long momentMs, long sequence) {
        Div who = new Div(new Div(Words.actor(Actor.operator(operatorId), getLocale())));
        Span when = new Span(getTranslation(
                "proposals.when", Times.dateTime(momentMs, getLocale()), Money.count(sequence, getLocale())));
        when.addClassName("note");
        who.add(when);
        return who;
    }

    private LongGrid<Row> rows(Proposal proposal, long count) {
        Locale locale = getLocale();
        LongGrid<Row> grid = new LongGrid<>(getTranslation("proposals.rows"));
        grid.addClassName("short");
        grid.link(getTranslation("proposals.row.card"), ProposalView::card, ProposalView::path)
                .setRowHeader(true);
        grid.badge(
                        getTranslation("proposals.row.outcome"),
                        row -> outcome(row, locale),
                        row -> row.refusal() == 0 ? Tone.GOOD : Tone.BAD,
                        row -> row.refusal() == 0
                                ? ""
                                : Words.code("proposals.refusal", Refusal.class, row.refusal(), locale))
                .setFlexGrow(3);
        grid.amount(getTranslation("proposals.row.amount"), row -> Money.euro(row.amount(), locale));
        grid.text(getTranslation("proposals.row.when"), row -> Times.dateTime(row.timestampMs(), locale));
        grid.amount(getTranslation("proposals.row.sequence"), row -> Money.count(row.sequence(), locale));
        grid.narrow(
                getTranslation("proposals.rows"),
                LitRenderer.<Row>of("""
                        <div class="card-row">
                          <div>${item.path ? html`<a href="${item.path}" router-link>${item.card}</a>` : item.card}<strong class="amount">${item.amount}</strong></div>
                          <div><span class="note">${item.when}</span><span class="${item.style}">${item.outcome}</span></div>
                        </div>""")
                        .withProperty("path", ProposalView::path)
                        .withProperty("card", ProposalView::card)
                        .withProperty("amount", row -> Money.euro(row.amount(), locale))
                        .withProperty("when", row -> Times.dateTime(row.timestampMs(), locale))
                        .withProperty("style", row -> (row.refusal() == 0 ? Tone.GOOD : Tone.BAD).className())
                        .withProperty("outcome", row -> outcome(row, locale)));
        grid.show(
                new KeysetPages<>((last, skip, limit) ->
                        circuit.read(view -> Proposal.rows(view, proposal.id(), last, skip, limit))),
                row -> List.of(row.sequence(), row.index()),
                Math.toIntExact(count));
        return grid;
    }

    private static String outcome(Row row, Locale locale) {
        return Messages.text(row.refusal() == 0 ? "proposals.row.done" : "proposals.row.refused", locale);
    }

    private static String card(Row row) {
        return row.cardId() == 0 ? Ids.WALLET.format(row.walletId()) : Ids.CARD.format(row.cardId());
    }

    private static String path(Row row) {
        return row.cardId() == 0 ? "" : Links.cardPath(row.cardId());
    }
}
