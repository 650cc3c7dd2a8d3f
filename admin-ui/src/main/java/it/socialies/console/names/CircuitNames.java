// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.names;

import it.socialies.console.text.Ids;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of one circuit's shops and programmes, by number. What has no name is called by its public id. */
public record CircuitNames(Map<Long, String> shops, Map<Long, String> programmes) {
    /** When nobody tells. */
    public static final CircuitNames NONE = new CircuitNames(Map.of(), Map.of());

    public CircuitNames {
        shops = Map.copyOf(shops);
        programmes = Map.copyOf(programmes);
    }

    public String shop(long id) {
        return shops.getOrDefault(id, Ids.MERCHANT.format(id));
    }

    public String programme(long id) {
        return programmes.getOrDefault(id, Ids.PROGRAMME.format(id));
    }

    /** The shops whose name or public id contains a text, whatever its case. */
    public List<Long> shopsLike(String text) {
        String wanted = text.strip().toLowerCase(Locale.ITALIAN);
        return shops.entrySet().stream()
                .filter(shop -> shop.getValue().toLowerCase(Locale.ITALIAN).contains(wanted)
                        || Ids.MERCHANT.format(shop.getKey()).equals(wanted))
                .map(Map.Entry::getKey)
                .toList();
    }
}
