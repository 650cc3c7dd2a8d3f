// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.merchants;

import io.vertx.core.json.JsonArray;
import it.socialies.gateway.api.Json;
import java.util.Locale;

/** Trades of shops. The position is the number in the core and the bit in a programme: append only, at most 63, {@link #OTHER} stays last. */
public enum Category {
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

    private final int number;

    Category(int number) {
        this.number = number;
    }

    /** Number in the core, 0 to 63. */
    public int number() {
        return number;
    }

    /** The category of a word of the contract. */
    public static Category of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word for a number of the core; a number this version does not know reads "other". */
    public static String word(int number) {
        for (Category category : values()) {
            if (category.number == number) {
                return Json.word(category);
            }
        }
        return Json.word(OTHER);
    }

    /** The bits of a list of words. */
    public static long bits(JsonArray words) {
        long bits = 0;
        for (int i = 0; i < words.size(); i++) {
            bits |= 1L << of(words.getString(i)).number;
        }
        return bits;
    }

    /** The words of a set of bits. */
    public static JsonArray words(long bits) {
        JsonArray words = new JsonArray();
        for (Category category : values()) {
            if ((bits & 1L << category.number) != 0) {
                words.add(Json.word(category));
            }
        }
        return words;
    }
}
