// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.issuance.SafeCsv;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.payees.BankAccount;
import it.socialies.gateway.payees.PayeeAccounts;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.OperatorRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What accounting is to make mandates of: a line for each payment of an order, with chapter and commitment, as a CSV that accounting software takes in and that a spreadsheet opens. The {@code riferimento} comes back with the number of the mandate. Whole
 * IBANs, for the treasurer alone. Threading: any event loop.
 */
final class LiquidationLines implements Resource {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final String NO_CIG = "ANAC 313/2020";
    private static final String LINES =
            "SELECT i.reference, i.merchant_id, i.payee, i.amount, c.chapter, c.budget_year,"
                    + " c.number AS commitment, n.number AS note, n.note_date"
                    + " FROM payment_order_item i JOIN payment_order o USING (order_id)"
                    + " LEFT JOIN accounting_commitment c USING (commitment_id)"
                    + " LEFT JOIN debit_note n ON n.settlement_id = o.settlement_id AND n.merchant_id = i.merchant_id"
                    + " WHERE i.order_id = $1 AND i.payee IS NOT NULL ORDER BY i.item";

    private final OrderStore store;
    private final OfficeDatabase office;
    private final PayeeAccounts accounts;
    private final Descriptions descriptions;
    private final BoundedWorker worker;

    /** @param worker writes the file */
    LiquidationLines(OrderStore store, OfficeDatabase office, PayeeAccounts accounts, BoundedWorker worker) {
        this.store = store;
        this.office = office;
        this.accounts = accounts;
        this.worker = worker;
        descriptions = new Descriptions(office);
    }

    @Override
    public void mount(Api api) {
        api.onRaw("getLiquidationLines", this::file);
    }

    private Future<Void> file(ApiRequest request) {
        request.operatorWith(OperatorRole.TREASURER);
        return store.find(request.circuitId(), request.id(Ids.PAYMENT_ORDER))
                .compose(LiquidationLines::requireReady)
                .compose(order -> lines(order)
                        .compose(csv -> request.context()
                                .response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                .putHeader("Content-Disposition", "attachment; filename=\"" + order.id() + ".csv\"")
                                .end(csv)));
    }

    private static Future<Order> requireReady(Order order) {
        if (order.kind() != OrderKind.MANDATE) {
            return Future.failedFuture(new ProblemException("not_by_mandate"));
        }
        return order.isDone()
                ? Future.succeededFuture(order)
                : Future.failedFuture(new ProblemException("order_under_way"));
    }

    private Future<Buffer> lines(Order order) {
        return office.withConnection(
                        connection -> connection.preparedQuery(LINES).execute(Tuple.of(order.orderId())))
                .compose(rows -> {
                    List<Row> lines = new ArrayList<>();
                    rows.forEach(lines::add);
                    return accounts.open(
                                    order.circuitId(),
                                    lines.stream()
                                            .map(line -> line.getLong("payee"))
                                            .collect(Collectors.toSet()))
                            .compose(opened -> shops(lines)
                                    .compose(shops -> worker.run(() -> write(order, lines, opened, shops))));
                });
    }

    private Future<Map<Long, JsonObject>> shops(List<Row> lines) {
        JsonArray ids = new JsonArray();
        lines.stream()
                .map(line -> line.getLong("merchant_id"))
                .distinct()
                .forEach(id -> ids.add(new JsonObject().put("id", Ids.MERCHANT.format(id))));
        return descriptions.describe(Ids.MERCHANT, ids).map(described -> {
            Map<Long, JsonObject> shops = new HashMap<>();
            described.forEach(
                    each -> shops.put(Ids.MERCHANT.parse(((JsonObject) each).getString("id")), (JsonObject) each));
            return shops;
        });
    }

    private static Buffer write(
            Order order, List<Row> lines, Map<Long, BankAccount> accounts, Map<Long, JsonObject> shops)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SafeCsv csv = new SafeCsv(bytes)) {
            csv.row(
                    "riferimento",
                    "esercizio",
                    "capitolo",
                    "impegno",
                    "importo",
                    "creditore",
                    "partita_iva",
                    "codice_fiscale",
                    "intestatario_conto",
                    "iban",
                    "nota_di_debito",
                    "data_nota",
                    "causale",
                    "data_esecuzione",
                    "esclusione_cig");
            for (Row line : lines) {
                JsonObject shop = shops.getOrDefault(line.getLong("merchant_id"), new JsonObject());
                BankAccount account = Objects.requireNonNull(accounts.get(line.getLong("payee")));
                Integer year = line.getInteger("budget_year");
                csv.row(
                        line.getString("reference"),
                        year == null ? "" : year.toString(),
                        text(line.getString("chapter")),
                        text(line.getString("commitment")),
                        euro(line.getLong("amount")),
                        text(shop.getString("name")),
                        text(shop.getString("vat_number")),
                        text(shop.getString("tax_code")),
                        account.holder(),
                        account.iban(),
                        text(line.getString("note")),
                        day(line.getLocalDate("note_date")),
                        "Rimborso buoni " + line.getString("reference"),
                        day(order.executionDate()),
                        NO_CIG);
            }
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : DAY.format(day);
    }

    /** With a decimal comma and no separator of thousands. */
    private static String euro(long cents) {
        return cents / 100 + "," + String.format(Locale.ROOT, "%02d", cents % 100);
    }
}
