// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rehearsal says of payments whose outcome under other rules is known by reckoning. */
class RehearsalTest {
    private static final int BAKERY = 2;
    private static final int PHARMACY = 7;
    private static final RulesTerms FREE = terms(1L << BAKERY, 0, 0, 0, 0, 0, 0, false);
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 30);

    private final List<RehearsedPayment> payments = new ArrayList<>();

    private static RulesTerms terms(
            long categories, long min, long max, long day, long week, long month, long shopDay, boolean isIndivisible) {
        return new RulesTerms(
                0, categories, List.of(0L, 0L, 0L, 0L, 0L), min, max, day, week, month, shopDay, 0, isIndivisible);
    }

    private static long at(LocalDate day, int hour) {
        return day.atTime(hour, 0).atZone(ZoneId.of("Europe/Rome")).toInstant().toEpochMilli();
    }

    private void paid(LocalDate day, long merchantId, long amount, long available) {
        payments.add(new RehearsedPayment(
                payments.size() + 1,
                5,
                6,
                merchantId,
                BAKERY,
                at(day, 9) + payments.size(),
                amount,
                ResultCode.OK,
                amount,
                available,
                0));
    }

    private void refused(LocalDate day, int category, ResultCode outcome, long eligible, long available, long told) {
        payments.add(new RehearsedPayment(
                payments.size() + 1,
                5,
                6,
                1,
                category,
                at(day, 9) + payments.size(),
                eligible,
                outcome,
                0,
                available,
                told));
    }

    private JsonObject rehearse(RulesTerms then, RulesTerms rehearsed, LocalDate from) {
        Rehearsal rehearsal = new Rehearsal(List.of(new RulesVersion(1, then, 1, 1, 1, 1)), rehearsed, at(from, 0));
        payments.forEach(rehearsal::play);
        return rehearsal.json();
    }

    private static List<String> reasons(JsonObject tally) {
        return tally.getJsonArray("payments").stream()
                .map(each ->
                        ((JsonObject) each).getString("payment_id") + " " + ((JsonObject) each).getString("reason"))
                .toList();
    }

    @Test
    void shouldFindNothingWhenTheRulesAreTheSame() {
        RulesTerms rules = terms(1L << BAKERY, 100, 2_000, 3_000, 0, 0, 2_500, false);
        paid(MONDAY, 1, 2_000, 10_000);
        refused(MONDAY, BAKERY, ResultCode.LIMIT_EXCEEDED, 1_500, 8_000, 500);
        refused(MONDAY, BAKERY, ResultCode.BELOW_MINIMUM, 50, 8_000, 500);
        refused(MONDAY, PHARMACY, ResultCode.CATEGORY_NOT_ALLOWED, 500, 8_000, 0);
        paid(MONDAY.plusDays(1), 1, 1_000, 8_000);

        JsonObject found = rehearse(rules, rules, MONDAY);

        assertThat(found.getLong("payments")).isEqualTo(5);
        assertThat(found.getJsonObject("newly_refused").getLong("count")).isZero();
        assertThat(found.getJsonObject("newly_admitted").getLong("count")).isZero();
    }

    @Test
    void shouldCountOnlyWhatWouldHaveBeenDrawn() {
        paid(MONDAY, 1, 800, 10_000);
        paid(MONDAY, 2, 800, 9_200);
        paid(MONDAY, 2, 200, 8_400);

        JsonObject found = rehearse(FREE, terms(1L << BAKERY, 0, 0, 1_000, 0, 0, 0, false), MONDAY);

        assertThat(reasons(found.getJsonObject("newly_refused")))
                .as("the second is refused, so the third has room again")
                .containsExactly("pay_2 limit_exceeded");
    }

    @Test
    void shouldCountWeeksFromMondayAndMonthsByTheCalendar() {
        LocalDate sunday = MONDAY.minusDays(1);
        paid(sunday, 1, 900, 10_000);
        paid(MONDAY, 1, 900, 9_100);
        paid(MONDAY.plusDays(1), 1, 900, 8_200);
        paid(MONDAY.plusDays(2), 1, 900, 7_300);

        assertThat(reasons(rehearse(FREE, terms(1L << BAKERY, 0, 0, 0, 1_800, 0, 0, false), MONDAY)
                        .getJsonObject("newly_refused")))
                .as("Monday and Tuesday fill the week")
                .containsExactly("pay_4 limit_exceeded");
        assertThat(reasons(rehearse(FREE, terms(1L << BAKERY, 0, 0, 0, 0, 1_800, 0, false), MONDAY)
                        .getJsonObject("newly_refused")))
                .as("29 and 30 March fill the month, 1 April begins another")
                .containsExactly("pay_3 limit_exceeded");
    }

    @Test
    void shouldLimitAShopAndADayAndLeaveOtherShopsAlone() {
        paid(MONDAY, 1, 600, 10_000);
        paid(MONDAY, 1, 600, 9_400);
        paid(MONDAY, 2, 600, 8_800);
        paid(MONDAY.plusDays(1), 1, 600, 8_200);

        assertThat(reasons(rehearse(FREE, terms(1L << BAKERY, 0, 0, 0, 0, 0, 1_000, false), MONDAY)
                        .getJsonObject("newly_refused")))
                .containsExactly("pay_2 limit_exceeded");
    }

    @Test
    void shouldAdmitWhatTheOldRulesRefusedUntilTheMoneyIsGone() {
        RulesTerms narrow = terms(1L << BAKERY, 0, 500, 0, 0, 0, 0, false);
        refused(MONDAY, BAKERY, ResultCode.LIMIT_EXCEEDED, 900, 1_500, 500);
        refused(MONDAY, BAKERY, ResultCode.LIMIT_EXCEEDED, 900, 1_500, 500);
        refused(MONDAY, PHARMACY, ResultCode.CATEGORY_NOT_ALLOWED, 400, 1_500, 0);
        paid(MONDAY, 1, 400, 1_500);

        JsonObject found = rehearse(narrow, terms(1L << BAKERY | 1L << PHARMACY, 0, 0, 0, 0, 0, 0, false), MONDAY);

        assertThat(reasons(found.getJsonObject("newly_admitted")))
                .containsExactly("pay_1 limit_exceeded", "pay_3 category_not_allowed");
        assertThat(reasons(found.getJsonObject("newly_refused")))
                .as("what was newly admitted took its money")
                .containsExactly("pay_4 insufficient_funds");
    }

    @Test
    void shouldCountWhatOtherVouchersWouldHaveGiven() {
        RulesTerms narrow = terms(1L << BAKERY, 0, 500, 0, 0, 0, 0, false);
        refused(MONDAY, BAKERY, ResultCode.LIMIT_EXCEEDED, 900, 800, 600);

        JsonObject found = rehearse(narrow, FREE, MONDAY);

        assertThat(found.getJsonObject("newly_admitted").getLong("count"))
                .as("800 of this programme and 100 of another")
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatWouldDivideAVoucher() {
        paid(MONDAY, 1, 600, 1_000);
        paid(MONDAY, 1, 400, 400);

        assertThat(reasons(rehearse(FREE, terms(1L << BAKERY, 0, 0, 0, 0, 0, 0, true), MONDAY)
                        .getJsonObject("newly_refused")))
                .as("what the first left undivided is too much for the second")
                .containsExactly("pay_1 not_divisible", "pay_2 not_divisible");
    }

    @Test
    void shouldTellNothingOfPaymentsBeforeTheTimeButCountThem() {
        paid(MONDAY, 1, 900, 10_000);
        paid(MONDAY.plusDays(1), 1, 900, 9_100);

        JsonObject found = rehearse(FREE, terms(1L << BAKERY, 0, 0, 0, 1_000, 0, 0, false), MONDAY.plusDays(1));

        assertThat(found.getLong("payments")).isEqualTo(1);
        assertThat(reasons(found.getJsonObject("newly_refused"))).containsExactly("pay_2 limit_exceeded");
    }
}
