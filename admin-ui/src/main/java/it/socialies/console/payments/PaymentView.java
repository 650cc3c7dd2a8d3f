// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.payments.PaymentDetail.Step;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
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
import java.util.Locale;

/** One payment: how much, where, and what happened to it, record by record. */
@Route(Links.PAYMENTS + "/:id")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class PaymentView extends Page implements BeforeEnterObserver {
    private record Found(PaymentDetail detail, Position position) {}

    private final CircuitReader circuit;
    private final CircuitNames names;

    public PaymentView(CircuitReader circuit, Operator operator, NameBook names) {
        this.circuit = circuit;
        this.names = names.of(operator);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        long id = idIn(event, Ids.PAYMENT);
        Found found = circuit.read(
                view -> new Found(PaymentDetail.find(view, id).orElseThrow(NotFoundException::new), view.position()));
        show(found.detail, found.position);
    }

    private void show(PaymentDetail detail, Position position) {
        PaymentRow payment = detail.payment();
        Locale locale = getLocale();
        begin(
                getTranslation("payments.one", Ids.PAYMENT.format(payment.id())),
                Links.to(Links.PAYMENTS, getTranslation("payments.title")),
                position,
                new Badge(PaymentWords.state(payment.state(), locale), PaymentWords.tone(payment.state())));
        Paragraph lead = new Paragraph(getTranslation(
                "payments.at", names.shop(payment.shopId()), Times.dateTime(payment.createdMs(), locale)));
        lead.addClassName("lead");
        String reason = PaymentWords.reason(payment, locale);
        if (!reason.isEmpty()) {
            lead.add(new Span(" · " + reason));
        }
        add(lead);
        if (payment.drawn() > 0) {
            Anchor trace = Links.to(Links.tracePath(payment.id()), getTranslation("payments.follow"));
            trace.addClassName("action");
            add(trace);
        }
        Div facts = new Div();
        facts.addClassName("side-by-side");
        add(facts);
        facts.add(section("payments.amounts", amounts(detail)), section("payments.where", where(detail)));
        section("payments.life", life(detail));
    }

    private Facts amounts(PaymentDetail detail) {
        PaymentRow payment = detail.payment();
        Facts amounts = new Facts();
        amount(amounts, "payments.amount.bill", payment.billTotal(), "");
        amount(amounts, "payments.amount.eligible", payment.eligible(), "");
        if (payment.state() == PaymentState.REJECTED) {
            if (detail.remaining() > 0) {
                amount(amounts, "payments.amount.remaining", detail.remaining(), "");
            }
            return amounts;
        }
        amount(amounts, "payments.amount.drawn", payment.drawn(), "");
        if (payment.billTotal() > payment.drawn()) {
            amount(amounts, "payments.amount.by-customer", payment.billTotal() - payment.drawn(), "");
        }
        if (payment.state() == PaymentState.AUTHORIZED) {
            amount(amounts, "payments.amount.held", payment.drawn(), "sum");
            return amounts;
        }
        amount(amounts, "payments.amount.captured", payment.captured(), "");
        if (payment.refunded() > 0) {
            amount(amounts, "payments.amount.refunded", -payment.refunded(), "");
        }
        amount(amounts, "payments.amount.net", payment.net(), "sum");
        return amounts;
    }

    private void amount(Facts facts, String key, long cents, String style) {
        facts.withAmount(getTranslation(key), Money.euro(cents, getLocale()), style);
    }

    private Facts where(PaymentDetail detail) {
        PaymentRow payment = detail.payment();
        Locale locale = getLocale();
        Facts where = new Facts()
                .with(getTranslation("payments.fact.shop"), Links.shop(payment.shopId(), names.shop(payment.shopId())))
                .with(getTranslation("payments.fact.outlet"), Ids.OUTLET.format(detail.outletId()))
                .with(getTranslation("payments.fact.terminal"), Ids.TERMINAL.format(payment.terminalId()))
                .with(
                        getTranslation("payments.fact.card"),
                        payment.cardId() == 0
                                ? new Span(getTranslation("payments.fact.no-card"))
                                : Links.card(payment.cardId()));
        if (payment.state() == PaymentState.AUTHORIZED) {
            where.with(getTranslation("payments.fact.deadline"), Times.dateTime(detail.deadlineMs(), locale));
        }
        if (detail.closedMs() > 0) {
            where.with(getTranslation("payments.fact.closed"), Times.dateTime(detail.closedMs(), locale));
        }
        if (payment.outcome() == Outcome.PIN_WRONG.code()) {
            where.with(getTranslation("payments.fact.tries"), Integer.toString(detail.triesLeft()));
        }
        return where;
    }

    private DataTable<Step> life(PaymentDetail detail) {
        Locale locale = getLocale();
        return new DataTable<Step>(getTranslation("payments.life"))
                .text(
                        getTranslation("payments.life.what"),
                        step -> PaymentWords.step(
                                step.state(),
                                step.sequence() == detail.payment().sequence(),
                                locale))
                .unbroken(getTranslation("payments.life.when"), step -> Times.dateTime(step.timestampMs(), locale))
                .amount(
                        getTranslation("payments.life.amount"),
                        step -> step.amount() == 0 ? "" : Money.euro(step.amount(), locale))
                .text(getTranslation("payments.life.who"), step -> Words.actor(step.actor(), locale))
                .amount(getTranslation("payments.life.sequence"), step -> Money.count(step.sequence(), locale))
                .column(
                        getTranslation("payments.life.key"),
                        step -> step.key() == null
                                ? new Span(getTranslation("payments.life.no-key"))
                                : new Code(step.key().key().toString()))
                .rows(detail.steps());
    }
}
