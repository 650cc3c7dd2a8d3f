// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.projection.CircuitView;
import it.socialies.console.text.Ids;
import it.socialies.console.text.Messages;
import it.socialies.console.text.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Payments as a file for a spreadsheet in an Italian office: UTF-8 with its mark, columns set apart by semicolons, amounts with a decimal comma (a point in English).
 */
public final class PaymentCsv {
    /** A file has no more payments than this, the newest ones. */
    public static final int ROWS_MAX = 50_000;

    private static final int PAGE = 2_000;
    private static final int SCALE = 2;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final List<String> COLUMNS = List.of(
            "id",
            "day",
            "time",
            "state",
            "reason",
            "shop-id",
            "shop",
            "terminal",
            "card",
            "bill",
            "eligible",
            "drawn",
            "captured",
            "refunded",
            "net",
            "sequence");

    private PaymentCsv() {}

    /** All of a search, at one sequence; at most {@link #ROWS_MAX}. */
    public static byte[] write(CircuitView view, PaymentSearch search, CircuitNames names, Locale locale)
            throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .build(mark(bytes), StandardCharsets.UTF_8)) {
            csv.writeRecord(COLUMNS.stream()
                    .map(column -> Messages.text("payments.csv." + column, locale))
                    .toList());
            @Nullable PaymentRow last = null;
            for (int written = 0; written < ROWS_MAX; ) {
                List<PaymentRow> page = search.page(view, last, 0, Math.min(PAGE, ROWS_MAX - written));
                if (page.isEmpty()) {
                    break;
                }
                page.forEach(payment -> csv.writeRecord(record(payment, names, locale)));
                written += page.size();
                last = page.getLast();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Without it, spreadsheets take the file for another alphabet. */
    private static ByteArrayOutputStream mark(ByteArrayOutputStream bytes) {
        bytes.writeBytes("\uFEFF".getBytes(StandardCharsets.UTF_8));
        return bytes;
    }

    private static List<String> record(PaymentRow payment, CircuitNames names, Locale locale) {
        return List.of(
                Ids.PAYMENT.format(payment.id()),
                DAY.format(Times.local(payment.createdMs())),
                TIME.format(Times.local(payment.createdMs())),
                PaymentWords.state(payment.state(), locale),
                PaymentWords.reason(payment, locale),
                Ids.MERCHANT.format(payment.shopId()),
                text(names.shop(payment.shopId())),
                Ids.TERMINAL.format(payment.terminalId()),
                Ids.CARD.format(payment.cardId()),
                amount(payment.billTotal(), locale),
                amount(payment.eligible(), locale),
                amount(payment.drawn(), locale),
                amount(payment.captured(), locale),
                amount(payment.refunded(), locale),
                amount(payment.net(), locale),
                Long.toString(payment.sequence()));
    }

    private static String amount(long cents, Locale locale) {
        String plain = BigDecimal.valueOf(cents, SCALE).toPlainString();
        return locale.getLanguage().equals(Messages.ITALIAN.getLanguage()) ? plain.replace('.', ',') : plain;
    }

    /** A name typed by somebody: a spreadsheet must not take it for a formula. */
    private static String text(String name) {
        return !name.isEmpty() && "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }
}
