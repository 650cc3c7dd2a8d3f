// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.api;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.Locale;

/** How amounts, times and digests look outside. */
public final class Json {
    public static final String EUR = "EUR";
    public static final String IES = "IES";

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final String DIGEST_PROTOTYPE = "0".repeat(64);

    private Json() {}

    /** @param minorUnits of the currency */
    public static JsonObject amount(long minorUnits, String currency) {
        return new JsonObject().put("amount", minorUnits).put("currency", currency);
    }

    public static JsonObject euro(long cents) {
        return amount(cents, EUR);
    }

    public static JsonObject ies(long minorUnits) {
        return amount(minorUnits, IES);
    }

    /** The currency code of a unit. */
    public static String currency(UnitCode unit) {
        return unit.name();
    }

    /** RFC 3339, UTC, milliseconds. */
    public static String time(long epochMs) {
        return MILLISECONDS.format(Instant.ofEpochMilli(epochMs));
    }

    /** Sixteen hexadecimal digits. */
    public static String hash(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }

    /** Sixty-four hexadecimal digits. */
    public static String digest(long w0, long w1, long w2, long w3) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(w0) + hex.toHexDigits(w1) + hex.toHexDigits(w2) + hex.toHexDigits(w3);
    }

    /** The words of a digest of {@link #digest}; zeros when it is missing. */
    public static long[] digestWords(JsonObject body, String field) {
        String text = body.getString(field, DIGEST_PROTOTYPE);
        long[] words = new long[4];
        for (int i = 0; i < words.length; i++) {
            words[i] = HexFormat.fromHexDigitsToLong(text, i * 16, (i + 1) * 16);
        }
        return words;
    }

    /**
     * Minor units of an amount that must be in this currency.
     *
     * @throws ProblemException invalid_field
     */
    public static long minorUnits(JsonObject body, String field, String currency) {
        JsonObject amount = body.getJsonObject(field);
        if (!currency.equals(amount.getString("currency"))) {
            throw ProblemException.field(
                    "/" + field + "/currency", "currency", "Here the currency is " + currency + ".");
        }
        return amount.getLong("amount");
    }

    /**
     * Milliseconds of a time.
     *
     * @throws ProblemException invalid_field
     */
    public static long timeMs(JsonObject body, String field) {
        try {
            return OffsetDateTime.parse(body.getString(field)).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw ProblemException.field("/" + field, "time", "A time looks like 2026-03-02T09:15:04.120Z.");
        }
    }

    /** An enum constant outside: lower case. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
