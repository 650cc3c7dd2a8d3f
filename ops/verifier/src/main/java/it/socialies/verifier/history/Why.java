// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.history;

/** What is wrong, in both languages. */
public record Why(String italian, String english) {
    @Override
    public String toString() {
        return italian + " | " + english;
    }
}
