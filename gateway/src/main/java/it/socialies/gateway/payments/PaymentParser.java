// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.api.ProblemException.FieldError;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.tills.FiscalDocument;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of the hot routes as a stream, checking what the contract's schemas {@code PaymentRequest}, {@code KeyedPaymentRequest} and {@code
 * PaymentBatchRequest} check; a test feeds both the same bodies. A field that comes twice is refused. Threading: any; keeps nothing.
 */
final class PaymentParser {
    static final int BATCH_MAX = 1_000;
    private static final int CARD_TOKEN_MAX = 300;
    private static final int CARD_TOKEN_MIN = 20;
    private static final int PIN_MIN = 4;
    private static final int CARD_CODE_MAX = 40;
    private static final int PIN_MAX = 8;
    private static final int REFERENCE_MAX = 64;
    private static final long AMOUNT_MAX = 1_000_000_000_000_000L;
    private static final int ERRORS_MAX = 20;

    private static final int KEY = 1;
    private static final int CARD_TOKEN = 1 << 1;
    private static final int PIN = 1 << 2;
    private static final int BILL_TOTAL = 1 << 3;
    private static final int ELIGIBLE_AMOUNT = 1 << 4;
    private static final int CAPTURE = 1 << 5;
    private static final int PARTIAL = 1 << 6;
    private static final int ALLOW_IES = 1 << 7;
    private static final int TERMINAL_REFERENCE = 1 << 8;
    private static final int CARD_CODE = 1 << 9;
    private static final int FISCAL_DOCUMENT = 1 << 10;
    private static final int REQUIRED = BILL_TOTAL | ELIGIBLE_AMOUNT;
    private static final int CARD = CARD_TOKEN | CARD_CODE;

    private final JsonFactory json = new JsonFactory();

    /**
     * Reads the body of {@code POST /payments}.
     *
     * @throws ProblemException malformed
     */
    PaymentOrder payment(byte[] body) {
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(List.of(new FieldError("", "type", null)));
            }
            PaymentOrder order = order(parser, "", false);
            requireEnd(parser);
            requireGood(order.errors);
            return order;
        } catch (IOException e) {
            throw notJson();
        }
    }

    /**
     * Reads the body of {@code POST /payment-batches}, all of it before anything is carried out.
     *
     * @throws ProblemException malformed
     */
    List<PaymentOrder> batch(byte[] body) {
        List<PaymentOrder> orders = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>(0);
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(List.of(new FieldError("", "type", null)));
            }
            boolean found = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (found || !parser.currentName().equals("payments")) {
                    errors.add(new FieldError("/" + parser.currentName(), "additionalProperties", null));
                    parser.nextToken();
                    parser.skipChildren();
                    continue;
                }
                found = true;
                payments(parser, orders, errors);
            }
            requireEnd(parser);
            if (!found) {
                errors.add(new FieldError("/payments", "required", null));
            }
        } catch (IOException e) {
            throw notJson();
        }
        requireGood(errors);
        return orders;
    }

    private static void payments(JsonParser parser, List<PaymentOrder> orders, List<FieldError> errors)
            throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            errors.add(new FieldError("/payments", "type", null));
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String at = "/payments/" + orders.size();
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                errors.add(new FieldError(at, "type", null));
                orders.add(new PaymentOrder());
                continue;
            }
            PaymentOrder order = order(parser, at, true);
            errors.addAll(order.errors);
            orders.add(order);
            if (orders.size() > BATCH_MAX) {
                throw malformed(List.of(new FieldError("/payments", "maxItems", null)));
            }
        }
        if (orders.isEmpty()) {
            errors.add(new FieldError("/payments", "minItems", null));
        }
    }

    private static PaymentOrder order(JsonParser parser, String at, boolean keyed) throws IOException {
        PaymentOrder order = new PaymentOrder();
        int seen = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int field = field(name, keyed);
            parser.nextToken();
            if (field == 0 || (seen & field) != 0) {
                parser.skipChildren();
                order.errors.add(new FieldError(at + "/" + name, "additionalProperties", null));
                continue;
            }
            seen |= field;
            String fault = read(parser, field, order, at);
            if (!fault.isEmpty()) {
                parser.skipChildren();
                order.errors.add(new FieldError(at + "/" + name, fault, null));
            }
        }
        int required = keyed ? REQUIRED | KEY : REQUIRED;
        boolean namesOneCard = Integer.bitCount(seen & CARD) == 1;
        if ((seen & required) != required || !namesOneCard) {
            order.errors.add(new FieldError(at, "required", null));
        }
        return order;
    }

    private static int field(String name, boolean keyed) {
        return switch (name) {
            case "idempotency_key" -> keyed ? KEY : 0;
            case "card_token" -> CARD_TOKEN;
            case "card_code" -> CARD_CODE;
            case "pin" -> PIN;
            case "bill_total" -> BILL_TOTAL;
            case "eligible_amount" -> ELIGIBLE_AMOUNT;
            case "capture" -> CAPTURE;
            case "partial" -> PARTIAL;
            case "allow_ies" -> ALLOW_IES;
            case "terminal_reference" -> TERMINAL_REFERENCE;
            case "fiscal_document" -> FISCAL_DOCUMENT;
            default -> 0;
        };
    }

    /** Reads one value; returns the keyword of the schema that it breaks, or nothing. */
    private static String read(JsonParser parser, int field, PaymentOrder order, String at) throws IOException {
        return switch (field) {
            case BILL_TOTAL -> {
                order.billTotal = amount(parser, order, at + "/bill_total");
                yield "";
            }
            case ELIGIBLE_AMOUNT -> {
                order.eligibleAmount = amount(parser, order, at + "/eligible_amount");
                yield "";
            }
            case FISCAL_DOCUMENT -> {
                order.fiscalDocument = document(parser, order, at + "/fiscal_document");
                yield "";
            }
            case ALLOW_IES -> {
                order.allowIes = parser.currentToken() == JsonToken.VALUE_TRUE;
                yield parser.currentToken().isBoolean() ? "" : "type";
            }
            default -> parser.currentToken() == JsonToken.VALUE_STRING ? readText(parser, field, order) : "type";
        };
    }

    private static String readText(JsonParser parser, int field, PaymentOrder order) throws IOException {
        if (field == PIN) {
            return readPin(parser, order);
        }
        String text = parser.getText();
        return switch (field) {
            case KEY -> {
                order.keyText = text;
                order.key = Idempotency.parseOrNull(text);
                yield order.key == null ? "pattern" : "";
            }
            case CARD_TOKEN -> {
                order.cardToken = text;
                int length = text.codePointCount(0, text.length());
                yield length < CARD_TOKEN_MIN ? "minLength" : length > CARD_TOKEN_MAX ? "maxLength" : "";
            }
            case CARD_CODE -> {
                order.cardCode = text;
                yield text.isEmpty() ? "minLength" : text.length() > CARD_CODE_MAX ? "maxLength" : "";
            }
            case CAPTURE -> {
                order.manualCapture = text.equals("manual");
                yield order.manualCapture || text.equals("automatic") ? "" : "enum";
            }
            case PARTIAL -> {
                order.allowPartial = text.equals("allow");
                yield order.allowPartial || text.equals("refuse") ? "" : "enum";
            }
            default -> {
                order.terminalReference = text;
                yield isReference(text) ? "" : "pattern";
            }
        };
    }

    /** Straight into bytes that can be zeroed. */
    private static String readPin(JsonParser parser, PaymentOrder order) throws IOException {
        int length = parser.getTextLength();
        if (length < PIN_MIN || length > PIN_MAX) {
            return "pattern";
        }
        char[] text = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        byte[] pin = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text[offset + i];
            if (c < '0' || c > '9') {
                return "pattern";
            }
            pin[i] = (byte) c;
        }
        order.pin = pin;
        return "";
    }

    private static boolean isReference(String text) {
        if (text.isEmpty() || text.length() > REFERENCE_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x21 || text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable FiscalDocument document(JsonParser parser, PaymentOrder order, String at)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            order.errors.add(new FieldError(at, "type", null));
            return null;
        }
        String number = null;
        LocalDate date = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            String fault = "type";
            if (name.equals("number") && number == null) {
                if (value == JsonToken.VALUE_STRING) {
                    number = parser.getText();
                    fault = FiscalDocument.isNumber(number) ? "" : "pattern";
                }
            } else if (name.equals("date") && date == null) {
                if (value == JsonToken.VALUE_STRING) {
                    date = FiscalDocument.dateOrNull(parser.getText());
                    fault = date == null ? "pattern" : "";
                }
            } else {
                fault = "additionalProperties";
            }
            if (!fault.isEmpty()) {
                parser.skipChildren();
                order.errors.add(new FieldError(at + "/" + name, fault, null));
            }
        }
        if (number == null || date == null) {
            order.errors.add(new FieldError(at, "required", null));
            return null;
        }
        return new FiscalDocument(number, date);
    }

    private static long amount(JsonParser parser, PaymentOrder order, String at) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            order.errors.add(new FieldError(at, "type", null));
            return -1;
        }
        long amount = -1;
        boolean hasAmount = false;
        boolean hasCurrency = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            String fault = "";
            if (name.equals("amount") && !hasAmount) {
                hasAmount = true;
                amount = cents(parser, value);
                fault = amount < 0 ? "type" : amount > AMOUNT_MAX ? "maximum" : "";
            } else if (name.equals("currency") && !hasCurrency) {
                hasCurrency = true;
                fault = value == JsonToken.VALUE_STRING && parser.getText().equals(Json.EUR) ? "" : "enum";
            } else {
                fault = "additionalProperties";
            }
            if (!fault.isEmpty()) {
                parser.skipChildren();
                order.errors.add(new FieldError(at + "/" + name, fault, null));
            }
        }
        if (!hasAmount || !hasCurrency) {
            order.errors.add(new FieldError(at, "required", null));
        }
        return amount;
    }

    /** The integer, or −1 when the value is none or negative. */
    private static long cents(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT || parser.getTextLength() > 18) {
            return value == JsonToken.VALUE_NUMBER_INT ? Long.MAX_VALUE : -1;
        }
        return parser.getLongValue();
    }

    private static void requireEnd(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw notJson();
        }
    }

    private static void requireGood(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw malformed(errors);
        }
    }

    private static ProblemException malformed(List<FieldError> errors) {
        return new ProblemException(
                "malformed", null, errors.subList(0, Math.min(errors.size(), ERRORS_MAX)), Map.of());
    }

    private static ProblemException notJson() {
        return new ProblemException("malformed", "The body is not JSON.");
    }
}
