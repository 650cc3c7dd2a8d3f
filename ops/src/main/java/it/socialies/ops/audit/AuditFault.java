// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

/**
 * One thing that is wrong.
 *
 * @param isDamage false for what a power cut leaves, or concerns no record, and the next start mends
 * @param place file, byte, position in the commit log; as far as they are known
 * @param firstSequence first record it concerns; 0 when it concerns none
 * @param lastSequence last record it concerns
 * @param italian what is wrong, in words
 * @param english the same
 * @param detail what exactly was seen, in English; may be empty
 */
record AuditFault(
        boolean isDamage,
        String place,
        long firstSequence,
        long lastSequence,
        String italian,
        String english,
        String detail) {

    /** Damage of something that stands at one record. */
    static AuditFault damage(String place, long sequence, String italian, String english, String detail) {
        return new AuditFault(true, place, sequence, sequence, italian, english, detail);
    }
}
