// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import it.socialies.gateway.people.Addressees.Addressee;
import org.jspecify.annotations.Nullable;

/**
 * Which channels there are for people and shops, and which of them somebody is told by.
 *
 * @param isEmailOn whether there is a mail server
 * @param areLettersOn whether somebody prints
 */
record Channels(boolean isEmailOn, boolean areLettersOn) {
    static final String NONE = "none";

    /** The one that is tried first; null when nothing is queued. */
    @Nullable
    String first(NoticeKind kind) {
        if (isEmailOn) {
            return Channel.EMAIL.name();
        }
        return areLettersOn && !kind.isForShop() ? Channel.LETTER.name() : null;
    }

    /** By which a person is told, as the person wants it: by e-mail when there is an address, else by letter; null when there is none. */
    @Nullable
    Channel of(Addressee person) {
        if (NONE.equals(person.preference())) {
            return null;
        }
        boolean isEmail = isEmailOn && person.email() != null && !"letter".equals(person.preference());
        return isEmail ? Channel.EMAIL : afterEmail();
    }

    /** What is left for somebody whom e-mail does not reach. */
    @Nullable
    Channel afterEmail() {
        return areLettersOn ? Channel.LETTER : null;
    }
}
