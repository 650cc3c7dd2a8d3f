// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.payments.PaymentRow;
import it.socialies.console.payments.PaymentWords;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import it.socialies.console.view.Badge;
import it.socialies.console.view.DataTable;
import it.socialies.console.view.Links;
import java.time.LocalDate;
import java.util.List;

/** The newest payments: when, where, how much; never who. */
final class LastPayments extends Section {
    private final DataTable<PaymentRow> table = new DataTable<>(getTranslation("dashboard.last.title"));
    private final Paragraph none = new Paragraph(getTranslation("dashboard.last.none"));
    private LocalDate today = LocalDate.EPOCH;

    LastPayments(CircuitNames names) {
        addClassNames("panel", "last-payments");
        table.column(getTranslation("dashboard.last.payment"), payment -> Links.payment(payment.id()))
                .unbroken(getTranslation("dashboard.last.time"), this::time)
                .column(
                        getTranslation("dashboard.last.shop"),
                        payment -> Links.shop(payment.shopId(), names.shop(payment.shopId())))
                .amount(getTranslation("dashboard.last.amount"), payment -> Money.euro(payment.drawn(), getLocale()))
                .column(
                        getTranslation("dashboard.last.state"),
                        payment -> new Badge(
                                PaymentWords.state(payment.state(), getLocale()), PaymentWords.tone(payment.state())));
        add(new H2(getTranslation("dashboard.last.title")), none, table);
        table.setVisible(false);
    }

    void show(List<PaymentRow> payments, LocalDate date) {
        today = date;
        none.setVisible(payments.isEmpty());
        table.setVisible(!payments.isEmpty());
        table.rows(payments);
    }

    private String time(PaymentRow payment) {
        return Times.date(payment.createdMs()).equals(today)
                ? Times.time(payment.createdMs(), getLocale())
                : Times.dateTime(payment.createdMs(), getLocale());
    }
}
