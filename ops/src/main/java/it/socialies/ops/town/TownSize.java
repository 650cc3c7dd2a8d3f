// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

/** How large a generated town is. */
public record TownSize(int beneficiaries, int shops, long totalCents) {
    /** The Balestrate of the field report: 160 cards, 18 shops, 38,000.00 €. */
    public static final TownSize BALESTRATE = new TownSize(160, 18, 3_800_000);
}
