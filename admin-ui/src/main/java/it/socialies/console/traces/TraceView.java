// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.traces;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.names.NameBook;
import it.socialies.console.payments.PaymentRow;
import it.socialies.console.payments.PaymentWords;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.Position;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.Badge;
import it.socialies.console.view.Links;
import it.socialies.console.view.Page;
import it.socialies.console.view.Words;
import jakarta.annotation.security.RolesAllowed;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The way of one payment's money, drawn both ways, with the sums that prove it and every movement behind it. */
@Route(Links.PAYMENTS + "/:id/" + Links.TRACE)
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class TraceView extends Page implements BeforeEnterObserver {
    private record Found(Trace trace, Position position) {}

    private final CircuitReader circuit;
    private final CircuitNames names;

    public TraceView(CircuitReader circuit, Operator operator, NameBook names) {
        this.circuit = circuit;
        this.names = names.of(operator);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        long id = idIn(event, Ids.PAYMENT);
        Found found = circuit.read(
                view -> new Found(TraceQueries.find(view, id).orElseThrow(NotFoundException::new), view.position()));
        show(found.trace, found.position);
    }

    private void show(Trace trace, Position position) {
        PaymentRow payment = trace.payment().payment();
        begin(
                getTranslation("traces.title", Ids.PAYMENT.format(payment.id())),
                Links.to(
                        Links.paymentPath(payment.id()),
                        getTranslation("traces.back", Ids.PAYMENT.format(payment.id()))),
                position,
                new Badge(PaymentWords.state(payment.state(), getLocale()), PaymentWords.tone(payment.state())));
        if (trace.lanes().isEmpty()) {
            add(empty("traces.nothing-moved"));
            return;
        }
        Paragraph lead = new Paragraph(getTranslation(
                payment.captured() > 0 ? "traces.lead" : "traces.lead-held",
                drawn(trace),
                names.shop(payment.shopId()),
                Times.dateTime(payment.createdMs(), getLocale())));
        lead.addClassName("lead");
        add(lead);
        add(new Paragraph(getTranslation("traces.ways", trace.lanes().size())));
        trace.lanes().forEach(lane -> add(new LaneDrawing(trace, lane, names)));
        section("traces.sums", sums(trace));
        section("traces.movements", new MovementTable(trace, names));
    }

    /** What was drawn, unit by unit. */
    private String drawn(Trace trace) {
        Map<MoneyUnit, Long> sums = new EnumMap<>(MoneyUnit.class);
        trace.lanes().forEach(lane -> sums.merge(lane.unit(), lane.drawn(), Math::addExact));
        return sums.entrySet().stream()
                .map(sum -> Words.money(sum.getValue(), sum.getKey(), getLocale()))
                .collect(Collectors.joining(" + "));
    }

    private UnorderedList sums(Trace trace) {
        UnorderedList sums = new UnorderedList();
        sums.addClassName("sums");
        for (Trace.Check check : trace.checks()) {
            Span mark = new Span(getTranslation(check.agrees() ? "traces.agrees" : "traces.disagrees"));
            mark.addClassName(check.agrees() ? "agrees" : "disagrees");
            ListItem line = new ListItem(
                    mark,
                    new Span(getTranslation(
                            "traces.sum." + check.word(),
                            Money.euro(check.left(), getLocale()),
                            Money.euro(check.right(), getLocale()))));
            sums.add(line);
        }
        return sums;
    }
}
