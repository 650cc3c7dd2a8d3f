// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rules for the words of a programme. Stateless. */
public final class ProgrammeWords {
    private static final String[] LANGUAGES = {"it", "en"};
    private static final String[] GOODS = {"allowed", "excluded"};
    private static final int TELLING_CHARS_MIN = 3;

    private ProgrammeWords() {}

    /**
     * Goods are read at the till: they must not tell which programme, or whose money, somebody pays with.
     *
     * @param name the programme's name in the office
     * @throws ProblemException invalid_field
     */
    static void requireNeutralGoods(JsonObject description, String name) {
        List<String> telling = new ArrayList<>();
        telling.add(name);
        for (String language : LANGUAGES) {
            telling.add(description.getJsonObject("official_name").getString(language));
        }
        JsonArray funders = description.getJsonArray("funders");
        for (int i = 0; i < funders.size(); i++) {
            telling.add(funders.getJsonObject(i).getString("name"));
            telling.add(funders.getJsonObject(i).getString("code"));
        }
        telling.replaceAll(ProgrammeWords::folded);
        telling.removeIf(each -> each.strip().length() < TELLING_CHARS_MIN);
        JsonObject goods = description.getJsonObject("goods");
        for (String kind : GOODS) {
            for (String language : LANGUAGES) {
                for (String line : lines(goods, kind, language)) {
                    if (telling.stream().anyMatch(folded(line)::contains)) {
                        throw ProblemException.field(
                                "/goods/" + kind + "/" + language,
                                "not_neutral",
                                "Goods are read at the till: they name no programme and no funder.");
                    }
                }
            }
        }
    }

    /** Letters and digits alone, a space between words and at both ends, so that words are found as wholes. */
    private static String folded(String text) {
        return " "
                + text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip() + " ";
    }

    /** Lines of a text in two languages; none when it is not there. */
    public static List<String> lines(JsonObject holder, String field, String language) {
        JsonObject text = holder.getJsonObject(field);
        JsonArray lines = text == null ? null : text.getJsonArray(language);
        return lines == null ? List.of() : lines.stream().map(String::valueOf).toList();
    }
}
