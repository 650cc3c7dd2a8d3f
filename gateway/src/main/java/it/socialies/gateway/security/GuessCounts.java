// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.concurrent.atomic.LongAdder;

/** Counts wrong PINs and codes, and those that were not looked at, by where they came from; whose, it does not know. Any thread. */
public final class GuessCounts {
    final LongAdder wrongAtTills = new LongAdder();
    final LongAdder wrongLogins = new LongAdder();
    final LongAdder wrongCodes = new LongAdder();
    final LongAdder heldBackCodes = new LongAdder();
    final LongAdder heldBackTills = new LongAdder();
    final LongAdder heldBackAddresses = new LongAdder();
    final LongAdder heldBackCards = new LongAdder();

    /** Wrong PINs typed at tills. */
    public LongAdder wrongAtTills() {
        return wrongAtTills;
    }

    /** Wrong PINs of holders' logins. */
    public LongAdder wrongLogins() {
        return wrongLogins;
    }

    /** Wrong block-only codes. */
    public LongAdder wrongCodes() {
        return wrongCodes;
    }

    /** Block-only codes not looked at because there were too many wrong ones. */
    public LongAdder heldBackCodes() {
        return heldBackCodes;
    }

    /** Not looked at because the till had too many wrong ones. */
    public LongAdder heldBackTills() {
        return heldBackTills;
    }

    /** Not looked at because the address had too many wrong ones. */
    public LongAdder heldBackAddresses() {
        return heldBackAddresses;
    }

    /** Not looked at because strangers had got the card's PIN wrong too often. */
    public LongAdder heldBackCards() {
        return heldBackCards;
    }
}
