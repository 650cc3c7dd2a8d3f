// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.traces;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import it.socialies.console.ledger.Movement;
import it.socialies.console.ledger.MovementKind;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.payments.PaymentDetail.Step;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.traces.Trace.Lane;
import it.socialies.console.view.DataTable;
import it.socialies.console.view.Links;
import it.socialies.console.view.Words;
import java.util.Optional;

/** Every movement of a payment, with the accounts by name and number, who asked for it, and under which key: the drawing as a table. */
final class MovementTable extends Div {
    private final Trace trace;
    private final CircuitNames names;

    MovementTable(Trace trace, CircuitNames names) {
        this.trace = trace;
        this.names = names;
        add(new DataTable<Movement>(getTranslation("traces.movements"))
                .amount(
                        getTranslation("traces.movement.sequence"),
                        movement -> Money.count(movement.sequence(), getLocale()))
                .unbroken(
                        getTranslation("traces.movement.when"),
                        movement -> Times.dateTime(movement.timestampMs(), getLocale()))
                .text(
                        getTranslation("traces.movement.what"),
                        movement -> Words.of("traces.kind", movement.kind(), getLocale()))
                .column(
                        getTranslation("traces.movement.from"),
                        movement -> account(movement, movement.debitAccountId()))
                .column(getTranslation("traces.movement.to"), movement -> account(movement, movement.creditAccountId()))
                .amount(getTranslation("traces.movement.amount"), this::amount)
                .text(
                        getTranslation("traces.movement.who"),
                        movement -> step(movement)
                                .map(step -> Words.actor(step.actor(), getLocale()))
                                .orElse(""))
                .column(getTranslation("traces.movement.key"), this::key)
                .rows(trace.movements()));
    }

    private String amount(Movement movement) {
        String amount = money(movement, movement.amount());
        return movement.kind() == MovementKind.CAPTURED && movement.released() > 0
                ? getTranslation("traces.movement.and-released", amount, money(movement, movement.released()))
                : amount;
    }

    private String money(Movement movement, long amount) {
        return lane(movement)
                .map(lane -> Words.money(amount, lane.unit(), getLocale()))
                .orElseGet(() -> Money.decimal(amount, getLocale()));
    }

    private Optional<Lane> lane(Movement movement) {
        return trace.lanes().stream()
                .filter(lane -> lane.holdId() == movement.holdId())
                .findFirst();
    }

    private Optional<Step> step(Movement movement) {
        return trace.payment().steps().stream()
                .filter(step -> step.sequence() == movement.sequence())
                .findFirst();
    }

    private Component account(Movement movement, long accountId) {
        Span number = new Span(Ids.ACCOUNT.format(accountId));
        number.addClassName("note");
        Optional<Lane> lane = lane(movement);
        if (lane.isEmpty()) {
            return number;
        }
        String source = Words.source(lane.get().programmeId(), names);
        boolean isPocket = lane.get().pocket().accountId() == accountId;
        Component owner = isPocket
                ? Links.card(trace.payment().payment().cardId())
                : Links.shop(
                        trace.payment().payment().shopId(),
                        names.shop(trace.payment().payment().shopId()));
        Div account = new Div(owner, new Span(" · " + source + " "), number);
        account.addClassName("account");
        return account;
    }

    private Component key(Movement movement) {
        return step(movement)
                .map(Step::key)
                .<Component>map(key -> new Code(key.key().toString()))
                .orElseGet(() -> new Span(getTranslation("traces.movement.no-key")));
    }
}
