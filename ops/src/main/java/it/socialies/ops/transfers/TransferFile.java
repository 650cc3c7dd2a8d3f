// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.transfers;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Transfers between addresses as a CSV file tells them, in file order: columns {@code source}, {@code target} and {@code weight} (an amount in whole units with any
 * number of decimals, rounded half-even to two). UTF-8; all amounts together are less than 2^63 cents.
 *
 * @param addresses every source and target, in the order of first mention
 * @param skipped lines (from 1, the heading not counted) whose amount rounds to zero or that stay at one address: they move nothing
 */
public record TransferFile(List<Line> lines, Set<String> addresses, List<Integer> skipped) {
    private static final int WEIGHT_LENGTH_MAX = 100;
    /** More digits before the point are no amount of money; written with an exponent, they would fill the memory. */
    private static final int WHOLE_DIGITS_MAX = 18;

    /** One transfer, in cents. */
    public record Line(int number, String source, String target, long cents) {}

    /** Reads a file; an unreadable line is named in the exception. */
    public static TransferFile read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        Set<String> addresses = new LinkedHashSet<>();
        List<Integer> skipped = new ArrayList<>();
        int number = 0;
        long total = 0;
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            for (NamedCsvRecord row : reader) {
                number++;
                String source = row.getField("source");
                String target = row.getField("target");
                long cents = cents(row.getField("weight"), number);
                total = Math.addExact(total, cents);
                addresses.add(source);
                addresses.add(target);
                if (cents == 0 || source.equals(target)) {
                    skipped.add(number);
                } else {
                    lines.add(new Line(number, source, target, cents));
                }
            }
        } catch (NoSuchElementException e) {
            throw new IOException(file + " needs the columns source, target and weight", e);
        } catch (ArithmeticException e) {
            throw new IOException("line " + number + ": the amounts are too large together", e);
        } catch (CsvParseException | UncheckedIOException e) {
            throw new IOException(file + " cannot be read behind line " + number + ": " + e.getMessage(), e);
        }
        return new TransferFile(lines, addresses, skipped);
    }

    private static long cents(String weight, int number) throws IOException {
        if (weight.length() > WEIGHT_LENGTH_MAX) {
            throw new IOException("line " + number + ": an amount of " + weight.length() + " characters");
        }
        try {
            long cents = rounded(new BigDecimal(weight));
            if (cents < 0) {
                throw new IOException("line " + number + ": a negative amount: " + weight);
            }
            return cents;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IOException("line " + number + ": not an amount: " + weight, e);
        }
    }

    private static long rounded(BigDecimal amount) {
        long wholeDigits = (long) amount.precision() - amount.scale();
        if (amount.signum() == 0 || wholeDigits < -2) {
            return 0;
        }
        if (wholeDigits > WHOLE_DIGITS_MAX) {
            throw new ArithmeticException("an amount of " + wholeDigits + " digits");
        }
        return amount.setScale(2, RoundingMode.HALF_EVEN).movePointRight(2).longValueExact();
    }

    /** What each address must be given beforehand so that it never goes below zero: the issuing addresses, in the order of first mention. */
    public Map<String, Long> issuers() {
        Map<String, Long> balances = new LinkedHashMap<>();
        Map<String, Long> lowest = new LinkedHashMap<>();
        addresses.forEach(address -> lowest.put(address, 0L));
        for (Line line : lines) {
            long left = balances.merge(line.source, -line.cents, Math::addExact);
            lowest.merge(line.source, left, Math::min);
            balances.merge(line.target, line.cents, Math::addExact);
        }
        lowest.values().removeIf(cents -> cents == 0);
        lowest.replaceAll((address, cents) -> -cents);
        return lowest;
    }

    /** Final balance of every address: its issue, plus what came, minus what went. */
    public Map<String, Long> balances() {
        Map<String, Long> balances = new LinkedHashMap<>();
        addresses.forEach(address -> balances.put(address, 0L));
        issuers().forEach((address, cents) -> balances.merge(address, cents, Math::addExact));
        for (Line line : lines) {
            balances.merge(line.source, -line.cents, Math::addExact);
            balances.merge(line.target, line.cents, Math::addExact);
        }
        return balances;
    }
}
