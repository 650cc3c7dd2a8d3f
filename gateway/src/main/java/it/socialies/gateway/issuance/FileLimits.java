// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/**
 * What is the most that a ranking file may hold; beyond it the report says so instead of reading on.
 *
 * @param rows rows of the sheet, empty ones and titles included
 * @param lineChars characters of one row, quotes and separators included
 * @param faults faults that the report lists one by one; all are counted
 */
public record FileLimits(long bytes, int rows, int columns, int lineChars, int cellChars, int faults) {
    /** Fits a town of 100,000 beneficiaries with room for titles. */
    public static final FileLimits DEFAULT = new FileLimits(64L << 20, 120_000, 100, 32_768, 1_000, 20_000);
}
