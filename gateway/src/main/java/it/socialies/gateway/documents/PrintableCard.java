// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

/**
 * What is printed on one card. Whoever reads it holds the card: it prints as nothing.
 *
 * @param number pseudonymous, as people read it aloud
 * @param qrText what the QR code says ({@code CardPayload})
 * @param secretCode for entry by hand where no code can be scanned; printed in groups of four
 */
public record PrintableCard(String number, String qrText, String secretCode) {
    private static final int GROUP = 4;

    /** Groups of four, as people read codes. */
    static String grouped(String code) {
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < code.length(); i++) {
            if (i > 0 && i % GROUP == 0) {
                grouped.append(' ');
            }
            grouped.append(code.charAt(i));
        }
        return grouped.toString();
    }

    @Override
    public String toString() {
        return "PrintableCard[redacted]";
    }
}
