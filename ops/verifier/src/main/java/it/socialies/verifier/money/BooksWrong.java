// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import it.socialies.verifier.history.Why;

/** A record moves money as the rules do not allow. */
final class BooksWrong extends Exception {
    private final Why why;

    BooksWrong(String italian, String english) {
        super(english);
        why = new Why(italian, english);
    }

    Why why() {
        return why;
    }
}
