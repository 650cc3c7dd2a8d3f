// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How many people waited how long, without a figure about fewer than so many of them: a cell below that number is withheld, and so are as many others as it takes that what is withheld together
 * is about enough people too and no single cell follows from the total. Immutable.
 *
 * @param total people in all; -1 = withheld, and then everything is
 * @param cells people a bucket, the last those who have not spent; -1 = withheld
 * @param medianDays -1 = withheld
 * @param ninetiethDays days within which nine of ten of those who spent had spent; -1 = withheld
 */
record Waits(long total, List<Long> cells, long medianDays, long ninetiethDays) {
    static final long WITHHELD = -1;

    /** The most days of each bucket; the one behind them has no end, the last one holds who has not spent. */
    static final List<Integer> MOST_DAYS = List.of(0, 3, 7, 14, 30, 60, 90);

    Waits {
        cells = List.copyOf(cells);
    }

    /**
     * @param peopleByDays of those who spent
     * @param notYet who did not
     * @param atLeast the fewest people that a figure is told of
     */
    static Waits of(SortedMap<Long, Long> peopleByDays, long notYet, int atLeast) {
        long[] cells = new long[MOST_DAYS.size() + 2];
        peopleByDays.forEach((days, people) -> cells[bucket(days)] += people);
        cells[cells.length - 1] = notYet;
        long total = Arrays.stream(cells).sum();
        if (total < atLeast) {
            return new Waits(
                    WITHHELD, Arrays.stream(cells).mapToObj(cell -> WITHHELD).toList(), WITHHELD, WITHHELD);
        }
        long spent = total - notYet;
        // So that enough people lie on the smaller side of what is told.
        long median = spent / 2 >= atLeast ? quantile(peopleByDays, spent, 50) : WITHHELD;
        long ninetieth = spent / 10 >= atLeast ? quantile(peopleByDays, spent, 90) : WITHHELD;
        return new Waits(total, withheld(cells, atLeast), median, ninetieth);
    }

    private static int bucket(long days) {
        int bucket = 0;
        while (bucket < MOST_DAYS.size() && days > MOST_DAYS.get(bucket)) {
            bucket++;
        }
        return bucket;
    }

    private static List<Long> withheld(long[] cells, int atLeast) {
        boolean[] isWithheld = new boolean[cells.length];
        long people = 0;
        int count = 0;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] > 0 && cells[i] < atLeast) {
                isWithheld[i] = true;
                people += cells[i];
                count++;
            }
        }
        while (count > 0 && (count < 2 || people < atLeast)) {
            int smallest = smallest(cells, isWithheld);
            if (smallest < 0) {
                break;
            }
            isWithheld[smallest] = true;
            people += cells[smallest];
            count++;
        }
        List<Long> told = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            told.add(isWithheld[i] ? WITHHELD : cells[i]);
        }
        return told;
    }

    /** The smallest cell that is told and not empty; -1 when there is none. */
    private static int smallest(long[] cells, boolean[] isWithheld) {
        int found = -1;
        for (int i = 0; i < cells.length; i++) {
            if (!isWithheld[i] && cells[i] > 0 && (found < 0 || cells[i] < cells[found])) {
                found = i;
            }
        }
        return found;
    }

    /** The nearest-rank quantile. */
    private static long quantile(SortedMap<Long, Long> peopleByDays, long people, int percent) {
        long rank = Math.ceilDiv(people * percent, 100);
        long passed = 0;
        for (Map.Entry<Long, Long> each : peopleByDays.entrySet()) {
            passed += each.getValue();
            if (passed >= rank) {
                return each.getKey();
            }
        }
        throw new IllegalStateException("fewer people than counted");
    }
}
