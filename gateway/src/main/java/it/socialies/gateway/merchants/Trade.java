// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.merchants;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Json;
import java.util.Arrays;
import java.util.List;

/**
 * What a category is called, and which codes of other classifications fall into it: ATECO 2007 (Istat) as acts of municipalities name trades, and the merchant category codes of ISO 18245 as payment
 * institutions do. A programme that admits a category admits these.
 *
 * @param ateco classes and categories, as short as they say it
 * @param mcc four digits each
 */
public record Trade(Category category, String italian, String english, List<String> ateco, List<String> mcc) {
    /** The trade of a category. */
    public static Trade of(Category category) {
        return switch (category) {
            case GROCERY -> of(category, "Alimentari", "Groceries", "47.11,47.29", "5411,5499");
            case SUPERMARKET -> of(category, "Supermercati", "Supermarkets", "47.11.2", "5411");
            case BAKERY -> of(category, "Panifici e pasticcerie", "Bakeries", "47.24,10.71", "5462");
            case BUTCHER -> of(category, "Macellerie", "Butchers", "47.22", "5422");
            case FISHMONGER -> of(category, "Pescherie", "Fishmongers", "47.23", "5499");
            case GREENGROCER -> of(category, "Frutta e verdura", "Greengrocers", "47.21", "5499");
            case DAIRY -> of(category, "Latte e latticini", "Dairies", "47.29.1", "5451");
            case PHARMACY -> of(category, "Farmacie", "Pharmacies", "47.73.1", "5912");
            case PARAPHARMACY ->
                of(category, "Parafarmacie", "Shops for medicines without prescription", "47.73.2", "5912");
            case HYGIENE -> of(category, "Igiene e profumerie", "Hygiene and cosmetics", "47.75.1", "5977");
            case GAS_CYLINDERS ->
                of(
                        category,
                        "Bombole di gas e combustibili domestici",
                        "Gas cylinders and household fuels",
                        "47.78.4",
                        "5983");
            case READY_MEALS -> of(category, "Cibi pronti da asporto", "Ready meals to take away", "56.10.2", "5814");
            case RESTAURANT -> of(category, "Ristoranti", "Restaurants", "56.10.1", "5812");
            case BABY_PRODUCTS ->
                of(category, "Articoli per neonati e bambini", "Baby and children's products", "47.71.2", "5641");
            case STATIONERY -> of(category, "Cartolerie", "Stationers", "47.62.2", "5943");
            case CLOTHING -> of(category, "Abbigliamento", "Clothing", "47.71", "5651");
            case FOOTWEAR -> of(category, "Calzature", "Footwear", "47.72.1", "5661");
            case BOOKSHOP -> of(category, "Librerie", "Bookshops", "47.61", "5942");
            case HARDWARE -> of(category, "Ferramenta", "Hardware", "47.52.1", "5251");
            case OPTICIAN -> of(category, "Ottici", "Opticians", "47.78.2", "8043");
            case FUEL -> of(category, "Distributori di carburante", "Fuel stations", "47.30", "5541");
            case TRANSPORT -> of(category, "Trasporti", "Transport", "49.31,49.39", "4111");
            case SPORT -> of(category, "Sport", "Sport", "47.64.1,93.1", "5941,7941");
            case CULTURE -> of(category, "Cultura e spettacolo", "Culture and shows", "59.14,90,91", "7832,7922,7991");
            case CRAFTS -> of(category, "Artigianato", "Crafts", "47.78.3", "5970");
            case FARM_SHOP -> of(category, "Vendita in azienda agricola", "Farm shops", "01", "5499");
            case BAR -> of(category, "Bar", "Bars", "56.3", "5813");
            case TOBACCONIST -> of(category, "Tabaccherie", "Tobacconists", "47.26", "5993");
            case SERVICES -> of(category, "Servizi alla persona", "Personal services", "96.0", "7299");
            case OTHER -> of(category, "Altri negozi", "Other shops", "47.78,47.79", "5999");
        };
    }

    /** The trade of a word of the contract. */
    public static Trade of(String word) {
        return of(Category.of(word));
    }

    /** Whether a code falls into the trade, or is so short that it holds it. Any trade may be {@link Category#OTHER}. */
    public boolean fits(String code) {
        return category == Category.OTHER
                || ateco.stream().anyMatch(known -> code.startsWith(known) || known.startsWith(code));
    }

    private static Trade of(Category category, String italian, String english, String ateco, String mcc) {
        return new Trade(category, italian, english, List.of(ateco.split(",")), List.of(mcc.split(",")));
    }

    /** As the contract shows it. */
    public JsonObject json() {
        return new JsonObject()
                .put("category", Json.word(category))
                .put("name", new JsonObject().put("it", italian).put("en", english))
                .put("ateco", new JsonArray(ateco))
                .put("mcc", new JsonArray(mcc));
    }

    /** Those of a set of bits. */
    public static List<Trade> of(long bits) {
        return Arrays.stream(Category.values())
                .filter(category -> (bits & 1L << category.number()) != 0)
                .map(Trade::of)
                .toList();
    }
}
