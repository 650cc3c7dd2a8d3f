// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.ItemLabelGenerator;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.text.Ids;
import it.socialies.console.view.Dates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The fields of a payment filter. Every change by the operator is a new search. */
final class PaymentFilterForm extends Div {
    private static final int SCALE = 2;

    private final Consumer<PaymentFilter> search;
    private final TextField id = new TextField();
    private final DatePicker from;
    private final DatePicker to;
    private final Select<PaymentState> state = new Select<>();
    private final ComboBox<Long> shop = new ComboBox<>();
    private final ComboBox<Long> source = new ComboBox<>();
    private final BigDecimalField least = new BigDecimalField();
    private final BigDecimalField highest = new BigDecimalField();

    /** @param search what to do with the filter that the fields say */
    PaymentFilterForm(CircuitNames names, Consumer<PaymentFilter> search) {
        this.search = search;
        addClassName("filters");
        getElement().setAttribute("role", "search");
        getElement().setAttribute("aria-label", getTranslation("payments.filter.name"));
        from = Dates.field(getTranslation("payments.filter.from"), getLocale());
        to = Dates.field(getTranslation("payments.filter.to"), getLocale());
        id.setLabel(getTranslation("payments.filter.id"));
        id.setPlaceholder(getTranslation("payments.filter.id-example"));
        id.setClearButtonVisible(true);
        id.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        id.setMaxLength(20);
        state.setLabel(getTranslation("payments.filter.state"));
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption(getTranslation("payments.filter.any-state"));
        state.setItems(PaymentState.values());
        state.setItemLabelGenerator(each ->
                each == null ? getTranslation("payments.filter.any-state") : PaymentWords.state(each, getLocale()));
        choice(shop, "payments.filter.shop", sorted(names.shops()), names::shop);
        List<Long> sources = sorted(names.programmes());
        sources.add(PaymentFilter.IES);
        choice(source, "payments.filter.source", sources, each -> sourceName(each, names));
        amount(least, "payments.filter.least");
        amount(highest, "payments.filter.highest");
        Button clear = new Button(
                getTranslation("payments.filter.clear"),
                VaadinIcon.CLOSE_SMALL.create(),
                click -> search.accept(PaymentFilter.ALL));
        clear.addThemeVariants(ButtonVariant.TERTIARY);
        add(id, from, to, state, shop, source, least, highest, clear);
        for (HasValue<?, ?> field : List.<HasValue<?, ?>>of(id, from, to, state, shop, source, least, highest)) {
            field.addValueChangeListener(change -> {
                if (change.isFromClient()) {
                    changed();
                }
            });
        }
    }

    private static String sourceName(long source, CircuitNames names) {
        return source == PaymentFilter.IES ? MoneyUnit.IES.name() : names.programme(source);
    }

    private void choice(ComboBox<Long> field, String label, List<Long> ids, ItemLabelGenerator<Long> name) {
        field.setLabel(getTranslation(label));
        field.setPlaceholder(getTranslation(label + "-any"));
        field.setClearButtonVisible(true);
        field.setItemLabelGenerator(name);
        field.setItems(ids);
    }

    /** Numbers in the order of their names. */
    private static List<Long> sorted(Map<Long, String> names) {
        List<Map.Entry<Long, String>> entries = new ArrayList<>(names.entrySet());
        entries.sort(Map.Entry.comparingByValue(String.CASE_INSENSITIVE_ORDER));
        List<Long> ids = new ArrayList<>();
        entries.forEach(entry -> ids.add(entry.getKey()));
        return ids;
    }

    private void amount(BigDecimalField field, String label) {
        field.setLabel(getTranslation(label));
        field.setLocale(getLocale());
        field.setClearButtonVisible(true);
        field.setSuffixComponent(new Span("€"));
    }

    private void changed() {
        String text = id.getValue().strip();
        OptionalLong payment = Ids.PAYMENT.parse(text);
        OptionalLong card = Ids.CARD.parse(text);
        id.setInvalid(!text.isEmpty() && payment.isEmpty() && card.isEmpty());
        id.setErrorMessage(getTranslation("payments.filter.id-unknown"));
        boolean isEndBeforeStart = from.getValue() != null
                && to.getValue() != null
                && to.getValue().isBefore(from.getValue());
        to.setInvalid(isEndBeforeStart);
        to.setErrorMessage(getTranslation("payments.filter.to-before-from"));
        if (id.isInvalid() || isEndBeforeStart) {
            return;
        }
        search.accept(new PaymentFilter(
                state.getValue(),
                from.getValue(),
                to.getValue(),
                orNone(shop.getValue()),
                orNone(source.getValue()),
                card.orElse(0),
                cents(least.getValue()),
                cents(highest.getValue()),
                payment.orElse(0)));
    }

    private static long orNone(@Nullable Long chosen) {
        return chosen == null ? 0 : chosen;
    }

    private static long cents(@Nullable BigDecimal euro) {
        return euro == null || euro.signum() < 0
                ? 0
                : euro.setScale(SCALE, RoundingMode.HALF_UP).unscaledValue().longValue();
    }

    /** Shows a filter. */
    void show(PaymentFilter filter) {
        id.setValue(
                filter.paymentId() != 0 ? Ids.PAYMENT.format(filter.paymentId()) : Ids.CARD.format(filter.cardId()));
        id.setInvalid(false);
        to.setInvalid(false);
        from.setValue(filter.from());
        to.setValue(filter.to());
        state.setValue(filter.state());
        shop.setValue(filter.shopId() == 0 ? null : filter.shopId());
        source.setValue(filter.source() == 0 ? null : filter.source());
        least.setValue(filter.amountFrom() == 0 ? null : BigDecimal.valueOf(filter.amountFrom(), SCALE));
        highest.setValue(filter.amountTo() == 0 ? null : BigDecimal.valueOf(filter.amountTo(), SCALE));
    }
}
