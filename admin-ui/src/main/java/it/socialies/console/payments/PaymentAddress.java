// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import com.vaadin.flow.router.QueryParameters;
import it.socialies.console.text.Ids;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter as the part of an address behind its question mark, so that a search can be kept, sent and gone back to. What cannot be read is left out. */
public final class PaymentAddress {
    private static final String IES = "ies";

    private PaymentAddress() {}

    public static QueryParameters of(PaymentFilter filter) {
        Map<String, String> named = new LinkedHashMap<>();
        if (filter.state() != null) {
            named.put("state", filter.state().word());
        }
        put(named, "from", filter.from());
        put(named, "to", filter.to());
        put(named, "shop", filter.shopId(), Ids.MERCHANT);
        if (filter.source() == PaymentFilter.IES) {
            named.put("source", IES);
        } else {
            put(named, "source", filter.source(), Ids.PROGRAMME);
        }
        put(named, "card", filter.cardId(), Ids.CARD);
        put(named, "payment", filter.paymentId(), Ids.PAYMENT);
        put(named, "min", filter.amountFrom() == 0 ? null : filter.amountFrom());
        put(named, "max", filter.amountTo() == 0 ? null : filter.amountTo());
        return QueryParameters.simple(named);
    }

    private static void put(Map<String, String> named, String name, @Nullable Object value) {
        if (value != null) {
            named.put(name, value.toString());
        }
    }

    private static void put(Map<String, String> named, String name, long id, Ids kind) {
        if (id != 0) {
            named.put(name, kind.format(id));
        }
    }

    public static PaymentFilter read(QueryParameters parameters) {
        Map<String, List<String>> named = parameters.getParameters();
        String source = first(named, "source");
        return new PaymentFilter(
                state(first(named, "state")),
                date(first(named, "from")),
                date(first(named, "to")),
                id(first(named, "shop"), Ids.MERCHANT),
                source.equals(IES) ? PaymentFilter.IES : id(source, Ids.PROGRAMME),
                id(first(named, "card"), Ids.CARD),
                cents(first(named, "min")),
                cents(first(named, "max")),
                id(first(named, "payment"), Ids.PAYMENT));
    }

    private static String first(Map<String, List<String>> named, String name) {
        return named.getOrDefault(name, List.of("")).getFirst();
    }

    private static @Nullable PaymentState state(String word) {
        return Arrays.stream(PaymentState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static long id(String text, Ids kind) {
        return kind.parse(text).orElse(0);
    }

    private static long cents(String text) {
        try {
            return text.isEmpty() ? 0 : Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
