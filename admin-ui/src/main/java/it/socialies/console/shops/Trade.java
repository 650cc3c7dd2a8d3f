// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.shops;

import it.socialies.console.ledger.Coded;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Trades of shops, as the gateway's contract lists them; a programme admits some of them. */
public enum Trade implements Coded {
    GROCERY(0),
    SUPERMARKET(1),
    BAKERY(2),
    BUTCHER(3),
    FISHMONGER(4),
    GREENGROCER(5),
    DAIRY(6),
    PHARMACY(7),
    PARAPHARMACY(8),
    HYGIENE(9),
    GAS_CYLINDERS(10),
    READY_MEALS(11),
    RESTAURANT(12),
    BABY_PRODUCTS(13),
    STATIONERY(14),
    CLOTHING(15),
    FOOTWEAR(16),
    BOOKSHOP(17),
    HARDWARE(18),
    OPTICIAN(19),
    FUEL(20),
    TRANSPORT(21),
    SPORT(22),
    CULTURE(23),
    CRAFTS(24),
    FARM_SHOP(25),
    BAR(26),
    TOBACCONIST(27),
    SERVICES(28),
    OTHER(63);

    private final int code;

    Trade(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The trade of a number; a number this version does not know is {@link #OTHER}. */
    public static Trade of(int code) {
        return Arrays.stream(values())
                .filter(trade -> trade.code == code)
                .findFirst()
                .orElse(OTHER);
    }

    /** The trades of a set of bits. */
    public static Set<Trade> ofBits(long bits) {
        EnumSet<Trade> trades = EnumSet.noneOf(Trade.class);
        for (Trade trade : values()) {
            if ((bits & 1L << trade.code) != 0) {
                trades.add(trade);
            }
        }
        return trades;
    }
}
