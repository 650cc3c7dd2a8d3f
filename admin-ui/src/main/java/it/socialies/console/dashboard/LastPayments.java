// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import it.socialies.console.chart.FiguresTable;
import it.socialies.console.payments.PaymentRow;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import java.util.List;

/** The newest payments: when, where, how much; never who. */
final class LastPayments extends Section {
    private final FiguresTable table = new FiguresTable(
            getTranslation("dashboard.last.title"),
            getTranslation("dashboard.last.payment"),
            getTranslation("dashboard.last.time"),
            getTranslation("dashboard.last.shop"),
            getTranslation("dashboard.last.amount"),
            getTranslation("dashboard.last.state"));
    private final Paragraph none = new Paragraph(getTranslation("dashboard.last.none"));

    LastPayments() {
        addClassNames("panel", "last-payments");
        add(new H2(getTranslation("dashboard.last.title")), none, table);
        table.setVisible(false);
    }

    void show(List<PaymentRow> payments) {
        none.setVisible(payments.isEmpty());
        table.setVisible(!payments.isEmpty());
        table.show(payments.stream().map(this::row).toList());
    }

    private List<String> row(PaymentRow payment) {
        return List.of(
                Ids.PAYMENT.format(payment.id()),
                Times.dateTime(payment.createdMs(), getLocale()),
                Ids.MERCHANT.format(payment.shopId()),
                Money.euro(payment.drawn(), getLocale()),
                getTranslation("dashboard.state." + payment.state().word()));
    }
}
