// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.ProblemWords;
import it.socialies.gateway.http.ProblemWriter;
import it.socialies.gateway.tills.FiscalDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes what became of a payment, as a stream of tokens. Threading: any; keeps nothing. */
final class PaymentWriter {
    private static final int CREATED = 201;

    private final JsonFactory json = new JsonFactory();

    /** HTTP status of a result. */
    static int status(PaymentResult result) {
        return result.isOk()
                ? CREATED
                : ProblemTable.of(ProblemException.codeOf(result.code())).status();
    }

    /** Body of the answer to {@code POST /payments}. */
    byte[] body(PaymentResult result, PaymentOrder order, long iesAccountId, String traceId, ProblemWords words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = json.createGenerator(out)) {
            write(generator, result, order, iesAccountId, traceId, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** One item of the answer to a batch. */
    byte[] item(
            PaymentOrder order,
            @Nullable PaymentResult result,
            @Nullable Throwable failure,
            long iesAccountId,
            String traceId,
            ProblemWords words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringField("idempotency_key", order.keyText);
            if (result == null) {
                ProblemException problem = ProblemWriter.problemOf(failure, 500);
                generator.writeNumberField(
                        "status", ProblemTable.of(problem.code()).status());
                generator.writeFieldName("problem");
                generator.writeRawValue(
                        ProblemWriter.body(problem, traceId, words).encode());
            } else {
                generator.writeNumberField("status", status(result));
                if (result.hit()) {
                    generator.writeBooleanField("hit", true);
                }
                generator.writeFieldName(result.isOk() ? "payment" : "problem");
                write(generator, result, order, iesAccountId, traceId, words);
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(
            JsonGenerator json,
            PaymentResult result,
            PaymentOrder order,
            long iesAccountId,
            String traceId,
            ProblemWords words)
            throws IOException {
        if (result.isOk()) {
            writePayment(json, result, order, iesAccountId);
        } else {
            writeProblem(json, result, traceId, words);
        }
    }

    private static void writePayment(JsonGenerator json, PaymentResult result, PaymentOrder order, long iesAccountId)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", Ids.PAYMENT.format(result.paymentId()));
        json.writeStringField("state", Json.word(result.state()));
        json.writeStringField("merchant_id", Ids.MERCHANT.format(result.merchantId()));
        json.writeStringField("outlet_id", Ids.OUTLET.format(result.outletId()));
        json.writeStringField("terminal_id", Ids.TERMINAL.format(result.terminalId()));
        writeAmount(json, "bill_total", result.billTotal(), Json.EUR);
        writeAmount(json, "eligible_amount", result.eligibleAmount(), Json.EUR);
        writeAmount(json, "drawn", result.drawn(), Json.EUR);
        writeAmount(json, "rest_to_pay", result.billTotal() - result.drawn(), Json.EUR);
        boolean captured = result.state() == PaymentState.CAPTURED;
        writeAmount(json, "captured", captured ? result.drawn() : 0, Json.EUR);
        writeAmount(json, "refunded", 0, Json.EUR);
        json.writeArrayFieldStart("lines");
        for (int i = 0; i < result.lines().length; i++) {
            boolean isIes = iesAccountId != 0 && result.lineAccounts()[i] == iesAccountId;
            writeAmount(json, null, result.lines()[i], isIes ? Json.IES : Json.EUR);
        }
        json.writeEndArray();
        if (order.terminalReference != null) {
            json.writeStringField("terminal_reference", order.terminalReference);
        }
        FiscalDocument document = order.fiscalDocument;
        if (document != null) {
            json.writeFieldName("fiscal_document");
            json.writeStartObject();
            json.writeStringField("number", document.number());
            json.writeStringField("date", document.date().toString());
            json.writeEndObject();
        }
        if (result.deadlineMs() > 0) {
            json.writeStringField("expires_at", Json.time(result.deadlineMs()));
        }
        json.writeStringField("time", Json.time(result.timestampMs()));
        json.writeNumberField("sequence", result.sequence());
        json.writeEndObject();
    }

    private static void writeProblem(JsonGenerator json, PaymentResult result, String traceId, ProblemWords words)
            throws IOException {
        String code = ProblemException.codeOf(result.code());
        json.writeStartObject();
        json.writeStringField("type", ProblemWriter.TYPE_PREFIX + code);
        json.writeStringField("title", words.title(code));
        json.writeNumberField("status", status(result));
        json.writeStringField("code", code);
        json.writeStringField("trace_id", traceId);
        if (result.code() == ResultCode.PIN_WRONG) {
            json.writeNumberField("tries_left", result.triesLeft());
        }
        if (result.paymentId() != 0) {
            json.writeStringField("payment_id", Ids.PAYMENT.format(result.paymentId()));
            json.writeNumberField("sequence", result.sequence());
        }
        json.writeEndObject();
    }

    private static void writeAmount(JsonGenerator json, @Nullable String field, long amount, String currency)
            throws IOException {
        if (field != null) {
            json.writeFieldName(field);
        }
        json.writeStartObject();
        json.writeNumberField("amount", amount);
        json.writeStringField("currency", currency);
        json.writeEndObject();
    }
}
