// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

/**
 * One measured number.
 *
 * @param unit as a reader would say it: {@code payments/s}, {@code ms}, {@code B/op}
 */
public record Figure(double value, String unit) {}
