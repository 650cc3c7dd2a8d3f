// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.spending;

/** Numbers of weeks and months, of days since the epoch in Europe/Rome. A date needs no time zone and no clock: proleptic Gregorian calendar. Stateless. */
public final class Periods {
    private static final int DAYS_A_WEEK = 7;
    /** The epoch was a Thursday. */
    private static final int EPOCH_DAY_OF_WEEK = 3;

    private static final int MONTHS_A_YEAR = 12;
    private static final int DAYS_OF_400_YEARS = 146_097;
    /** Days from 1 March of year 0, from which on leap days end years, to the epoch. */
    private static final int EPOCH_FROM_MARCH_0 = 719_468;

    private Periods() {}

    /** Monday to Sunday. */
    static int week(final int epochDay) {
        return Math.floorDiv(epochDay + EPOCH_DAY_OF_WEEK, DAYS_A_WEEK);
    }

    /** Months since January of year 0. */
    public static int month(final int epochDay) {
        final int day = epochDay + EPOCH_FROM_MARCH_0;
        final int era = Math.floorDiv(day, DAYS_OF_400_YEARS);
        final int dayOfEra = Math.floorMod(day, DAYS_OF_400_YEARS);
        final int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int monthFromMarch = (5 * dayOfYear + 2) / 153;
        return (era * 400 + yearOfEra) * MONTHS_A_YEAR + monthFromMarch + 2;
    }
}
