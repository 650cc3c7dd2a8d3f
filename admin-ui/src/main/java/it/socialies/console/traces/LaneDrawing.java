// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.traces;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import it.socialies.console.ledger.Actor;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.ledger.TransferReason;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.payments.PaymentRow;
import it.socialies.console.programmes.ProgrammeQueries.Funding;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.traces.Trace.Lane;
import it.socialies.console.traces.Trace.Source;
import it.socialies.console.view.DataTable;
import it.socialies.console.view.Facts;
import it.socialies.console.view.Links;
import it.socialies.console.view.Words;

/**
 * One part of a payment as a drawing in HTML: where it comes from, where it goes, what came back. It is made of ordered lists of stops and of the amounts between them, so it
 * is read aloud in the order of the arrows, and its stops are links.
 */
final class LaneDrawing extends Article {
    private final Lane lane;
    private final CircuitNames names;
    private final PaymentRow payment;

    LaneDrawing(Trace trace, Lane lane, CircuitNames names) {
        this.lane = lane;
        this.names = names;
        payment = trace.payment().payment();
        addClassName("lane");
        H2 heading =
                new H2(getTranslation("traces.part", Words.source(lane.programmeId(), names), money(lane.drawn())));
        add(heading, before(), after());
        if (lane.refunded() > 0) {
            add(back());
        }
        if (lane.released() > 0 && lane.captured() > 0) {
            add(note("traces.released", money(lane.released())));
        }
        if (lane.pocket().sources() > 1) {
            add(note("traces.several-sources", lane.pocket().sources()));
        }
        add(explanation());
    }

    private Div before() {
        Way way = new Way();
        if (lane.unit() == MoneyUnit.EUR) {
            way.stop(
                    Links.to(Links.programmePath(lane.programmeId()), getTranslation("traces.stop.funder")),
                    getTranslation("traces.stop.fundings", lane.origin().count()));
            way.leg(money(lane.origin().total()), getTranslation("traces.leg.assigned"));
            way.stop(
                    Links.programme(lane.programmeId(), getTranslation("traces.stop.fund")),
                    names.programme(lane.programmeId()));
            way.leg(money(lane.pocket().received()), getTranslation("traces.leg.awarded"));
        } else {
            way.stop(new Span(getTranslation("traces.stop.reserve")), getTranslation("traces.stop.reserve-note"));
            way.leg(money(lane.pocket().received()), getTranslation("traces.leg.received"));
        }
        way.stop(
                card(), getTranslation("traces.stop.before", money(lane.pocket().available())));
        way.leg(money(lane.drawn()), getTranslation(lane.captured() > 0 ? "traces.leg.drawn" : "traces.leg.held"));
        way.here(here(), Ids.PAYMENT.format(payment.id()));
        return part("traces.from", way);
    }

    private Div after() {
        Way way = new Way();
        way.here(here(), Ids.PAYMENT.format(payment.id()));
        if (lane.held() > 0) {
            way.openLeg(money(lane.held()), getTranslation("traces.leg.not-captured"));
            way.stop(
                    shop(),
                    getTranslation("traces.stop.owed", money(lane.payable().owed())));
        } else if (lane.captured() > 0) {
            way.leg(money(lane.captured()), getTranslation("traces.leg.captured"));
            way.stop(
                    shop(),
                    getTranslation("traces.stop.owed", money(lane.payable().owed())));
            settlement(way);
        } else {
            way.leg(money(lane.released()), getTranslation("traces.leg.released"));
            way.stop(card(), getTranslation("traces.stop.released-to"));
        }
        return part("traces.to", way);
    }

    private void settlement(Way way) {
        Component name = Links.to(Links.shopPath(payment.shopId()), getTranslation("traces.stop.settlement"));
        if (lane.payable().settledSince() > 0) {
            way.leg(money(lane.payable().settledSince()), getTranslation("traces.leg.settled"));
            way.stop(name, getTranslation("traces.stop.settled-note"));
        } else if (lane.net() > 0) {
            way.openLeg(money(lane.net()), getTranslation("traces.leg.not-settled"));
            way.stop(name, getTranslation("traces.stop.not-settled"));
        }
    }

    private Div back() {
        Way way = new Way();
        way.stop(shop(), getTranslation("traces.stop.shop"));
        way.leg(money(lane.refunded()), getTranslation("traces.leg.refunded"));
        way.stop(card(), getTranslation("traces.stop.refunded-to"));
        return part("traces.back-way", way);
    }

    private Component card() {
        return Links.to(
                Links.cardPath(payment.cardId()),
                getTranslation("traces.stop.card", Ids.CARD.format(payment.cardId())));
    }

    private Component here() {
        return Links.to(Links.paymentPath(payment.id()), getTranslation("traces.stop.payment"));
    }

    private Component shop() {
        return Links.shop(payment.shopId(), names.shop(payment.shopId()));
    }

    private Div part(String headingKey, Way way) {
        Div part = new Div(new H3(getTranslation(headingKey)), way);
        part.addClassName("way-part");
        return part;
    }

    private Paragraph note(String key, Object... arguments) {
        Paragraph note = new Paragraph(getTranslation(key, arguments));
        note.addClassName("lane-note");
        return note;
    }

    private Details explanation() {
        Div content = new Div(balance(), sources());
        content.addClassName("lane-why");
        if (lane.unit() == MoneyUnit.EUR) {
            content.add(fundings());
        }
        Details details =
                new Details(getTranslation("traces.why", money(lane.pocket().available())), content);
        details.addClassName("lane-details");
        return details;
    }

    /** How the balance before the payment comes about, and what the payment left. */
    private Facts balance() {
        Trace.Pocket pocket = lane.pocket();
        return new Facts()
                .withAmount(getTranslation("traces.pocket.received", pocket.sources()), money(pocket.received()))
                .withAmount(getTranslation("traces.pocket.spent"), money(-pocket.spent()))
                .withAmount(
                        getTranslation(lane.unit() == MoneyUnit.EUR ? "traces.pocket.expired" : "traces.pocket.left"),
                        money(-pocket.left()))
                .withAmount(getTranslation("traces.pocket.held"), money(-pocket.held()))
                .withAmount(getTranslation("traces.pocket.available"), money(pocket.available()), "sum")
                .withAmount(getTranslation("traces.pocket.this"), money(-lane.drawn()))
                .withAmount(getTranslation("traces.pocket.after"), money(pocket.available() - lane.drawn()), "sum");
    }

    private DataTable<Source> sources() {
        String caption = getTranslation(
                lane.pocket().sources() > TraceQueries.SOURCES_SHOWN ? "traces.sources-newest" : "traces.sources",
                lane.pocket().sources());
        return new DataTable<Source>(caption)
                .text(getTranslation("traces.source.what"), this::what)
                .unbroken(
                        getTranslation("traces.source.when"),
                        source -> Times.dateTime(source.timestampMs(), getLocale()))
                .amount(getTranslation("traces.source.amount"), source -> money(source.amount()))
                .column(getTranslation("traces.source.act"), this::act)
                .text(getTranslation("traces.source.proposed"), source -> actor(source.proposerId()))
                .text(getTranslation("traces.source.approved"), source -> actor(source.deciderId()))
                .amount(getTranslation("traces.source.sequence"), source -> Money.count(source.sequence(), getLocale()))
                .rows(lane.pocket().newest());
    }

    private String what(Source source) {
        return source.isBatch()
                ? getTranslation("traces.batch")
                : Words.of("traces.reason", source.reason(), getLocale());
    }

    private Component act(Source source) {
        if (source.reason() == TransferReason.TRANSFERRED && source.fromCardId() != 0) {
            return Links.card(source.fromCardId());
        }
        return source.proposalId() == 0 ? new Span() : Links.proposal(source.proposalId());
    }

    private DataTable<Funding> fundings() {
        return new DataTable<Funding>(
                        getTranslation("traces.fundings", lane.origin().count()))
                .text(
                        getTranslation("traces.source.what"),
                        funding -> getTranslation(funding.amount() > 0 ? "traces.funding.in" : "traces.funding.out"))
                .unbroken(
                        getTranslation("traces.source.when"),
                        funding -> Times.dateTime(funding.timestampMs(), getLocale()))
                .amount(getTranslation("traces.source.amount"), funding -> money(funding.amount()))
                .column(getTranslation("traces.source.act"), funding -> Links.proposal(funding.proposalId()))
                .text(getTranslation("traces.source.proposed"), funding -> actor(funding.proposerId()))
                .text(getTranslation("traces.source.approved"), funding -> actor(funding.deciderId()))
                .amount(
                        getTranslation("traces.source.sequence"),
                        funding -> Money.count(funding.sequence(), getLocale()))
                .rows(lane.origin().newest());
    }

    private String actor(long operatorId) {
        return operatorId == 0 ? "" : Words.actor(Actor.operator(operatorId), getLocale());
    }

    private String money(long amount) {
        return Words.money(amount, lane.unit(), getLocale());
    }
}
