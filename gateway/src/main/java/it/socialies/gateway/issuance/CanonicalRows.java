// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import it.socialies.gateway.security.Digest256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of the rows, as a running SHA-256. It does not depend on how the file is written (encoding, separator, quotes, line ends, empty lines, order
 * of columns, ignored columns), only on what it says.
 *
 * <p>{@code IES-RANKING-1}, a record separator (U+001E), then each row without error in file order: its fields, each ended by a unit separator (U+001F),
 * then a record separator; all in UTF-8. Fields, empty when unknown: position, application number, tax code, reason without tax code, family name, given name, birth date
 * (yyyy-mm-dd), household size, household code, minors, disabled, score (plain decimal without trailing zeros), outcome (ADMITTED, RESERVE, EXCLUDED), reason of exclusion, amount in cents,
 * time of application (yyyy-mm-ddThh:mm:ss), address, telephone, e-mail, card. Texts are in NFC with single spaces. Neither separator can stand in a field: the
 * reader refuses control characters. One thread.
 */
final class CanonicalRows {
    private static final String VERSION = "IES-RANKING-1";
    private static final char UNIT = '\u001f';
    private static final char RECORD = '\u001e';

    private final MessageDigest sha256 = Digest256.newSha256();
    private final StringBuilder line = new StringBuilder(256);

    CanonicalRows() {
        sha256.update((VERSION + RECORD).getBytes(StandardCharsets.UTF_8));
    }

    void add(RankingRow row) {
        line.setLength(0);
        number(row.position());
        text(row.application());
        text(row.taxCode());
        text(row.taxCodeReason());
        text(row.familyName());
        text(row.givenName());
        text(row.birthDate());
        number(row.householdSize());
        text(row.householdCode());
        number(row.minors());
        number(row.disabled());
        text(row.score() == null ? null : row.score().stripTrailingZeros().toPlainString());
        text(row.outcome());
        text(row.reason());
        text(row.amountCents());
        text(row.submitted() == null ? null : CanonicalTime.text(row.submitted()));
        text(row.address());
        text(row.phone());
        text(row.email());
        text(row.card());
        sha256.update(line.append(RECORD).toString().getBytes(StandardCharsets.UTF_8));
    }

    private void number(int value) {
        text(value < 0 ? null : value);
    }

    private void text(@Nullable Object value) {
        if (value != null) {
            line.append(value);
        }
        line.append(UNIT);
    }

    /** Of all rows so far; none can be added afterwards. */
    Digest256 digest() {
        return Digest256.of(sha256.digest());
    }
}
