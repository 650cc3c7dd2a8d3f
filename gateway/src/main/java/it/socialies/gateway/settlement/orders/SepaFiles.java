// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.bankfiles.CreditTransfer;
import it.socialies.gateway.bankfiles.CreditTransferFile;
import it.socialies.gateway.bankfiles.CreditTransferFile.Variant;
import it.socialies.gateway.bankfiles.Debtor;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.payees.BankAccount;
import it.socialies.gateway.payees.PayeeAccounts;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.settlement.notes.ConfirmedShops;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/**
 * The file that a bank is given for an order by credit transfer: everything that was ordered, whatever came of it since, so that it is the same bytes whenever it is fetched and the bank can know one that it has seen. The one answer with
 * whole IBANs, for the treasurer alone. Threading: any event loop.
 */
final class SepaFiles implements Resource {
    private final OrderStore store;
    private final ConfirmedShops notes;
    private final PayeeAccounts accounts;
    private final BoundedWorker worker;

    /** @param worker writes the file */
    SepaFiles(OrderStore store, ConfirmedShops notes, PayeeAccounts accounts, BoundedWorker worker) {
        this.store = store;
        this.notes = notes;
        this.accounts = accounts;
        this.worker = worker;
    }

    @Override
    public void mount(Api api) {
        api.onRaw("getSepaFile", this::file);
    }

    private Future<Void> file(ApiRequest request) {
        request.operatorWith(OperatorRole.TREASURER);
        Variant variant = "cbi".equals(request.query("variant")) ? Variant.CBI : Variant.ISO;
        return store.find(request.circuitId(), request.id(Ids.PAYMENT_ORDER))
                .compose(order -> requireReady(order, variant))
                .compose(order -> store.items(order.orderId(), 0, Integer.MAX_VALUE)
                        .compose(items -> file(order, variant, ordered(items)))
                        .compose(xml -> request.context()
                                .response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/xml")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                .putHeader("Content-Disposition", "attachment; filename=\"" + order.id() + ".xml\"")
                                .end(xml)));
    }

    private static Future<Order> requireReady(Order order, Variant variant) {
        JsonObject debtor = order.debtor();
        if (debtor == null) {
            return Future.failedFuture(new ProblemException("not_by_transfer"));
        }
        if (!order.isDone()) {
            return Future.failedFuture(new ProblemException("order_under_way"));
        }
        boolean isCbiPossible =
                debtor.containsKey("cuc") && debtor.getString("iban").startsWith("IT");
        return variant == Variant.CBI && !isCbiPossible
                ? Future.failedFuture(new ProblemException("cuc_missing"))
                : Future.succeededFuture(order);
    }

    private static List<OrderItem> ordered(List<OrderItem> items) {
        return items.stream().filter(item -> item.payee() != null).toList();
    }

    private Future<Buffer> file(Order order, Variant variant, List<OrderItem> items) {
        if (items.isEmpty()) {
            return Future.failedFuture(new ProblemException("nothing_to_order"));
        }
        return accounts.open(
                        order.circuitId(),
                        items.stream()
                                .map(item -> Objects.requireNonNull(item.payee()))
                                .collect(Collectors.toSet()))
                .compose(opened -> notes.citations(order.settlementId())
                        .compose(citations -> worker.run(() -> write(order, variant, items, opened, citations))));
    }

    private static Buffer write(
            Order order,
            Variant variant,
            List<OrderItem> items,
            Map<Long, BankAccount> opened,
            Map<Long, String> citations)
            throws XMLStreamException {
        List<CreditTransfer> transfers = items.stream()
                .map(item -> {
                    BankAccount account = Objects.requireNonNull(opened.get(Objects.requireNonNull(item.payee())));
                    return new CreditTransfer(
                            item.reference(),
                            account.holder(),
                            account.iban(),
                            account.bic(),
                            item.amount(),
                            citations.getOrDefault(item.merchantId(), item.reference()));
                })
                .toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new CreditTransferFile(
                        variant,
                        order.id().toUpperCase(Locale.ROOT).replace('_', '-'),
                        Instant.ofEpochMilli(order.madeMs()),
                        order.executionDate(),
                        debtor(Objects.requireNonNull(order.debtor())),
                        transfers)
                .write(bytes);
        return Buffer.buffer(bytes.toByteArray());
    }

    private static Debtor debtor(JsonObject json) {
        return new Debtor(json.getString("name"), json.getString("iban"), json.getString("bic"), json.getString("cuc"));
    }
}
