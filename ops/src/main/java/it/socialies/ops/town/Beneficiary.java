// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

/**
 * A household on the ranking.
 *
 * @param rank from 1
 * @param awardCents over all programmes and rounds
 * @param grants by round, then by programme, in cents
 * @param pin chosen at hand-over
 */
public record Beneficiary(int rank, Person person, int householdSize, long awardCents, Grants grants, String pin) {

    /** What an award is made of: its parts by programme and round sum to it exactly. */
    public record Grants(long regionalFirst, long regionalSecond, long municipalFirst, long municipalSecond) {
        private static final int REGIONAL_PERCENT = 60;

        static Grants of(long awardCents) {
            long regional = awardCents * REGIONAL_PERCENT / 100;
            long municipal = awardCents - regional;
            return new Grants(regional - regional / 2, regional / 2, municipal - municipal / 2, municipal / 2);
        }

        /** Cents of a round (0, 1) from a programme. */
        public long of(int round, ProgrammePlan.Funder funder) {
            if (funder == ProgrammePlan.Funder.REGION) {
                return round == 0 ? regionalFirst : regionalSecond;
            }
            return round == 0 ? municipalFirst : municipalSecond;
        }
    }
}
