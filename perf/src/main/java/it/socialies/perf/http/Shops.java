// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.client.TerminalSession;
import it.socialies.ops.data.DataFolder;
import it.socialies.perf.suite.SuiteFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The terminals and cards of the demo town, which its first start wrote down, and what is left on each card. One thread. */
final class Shops {
    private static final String SOCIAL = "social";

    private final List<TerminalSession> terminals;
    private final List<Card> cards;
    private final SplittableRandom random = new SplittableRandom(7);

    private Shops(List<TerminalSession> terminals, List<Card> cards) {
        this.terminals = terminals;
        this.cards = cards;
    }

    /** A card as a holder shows it, with the PIN that is typed. */
    static final class Card {
        private final String token;
        private final String pin;
        private long leftCents;

        private Card(String token, String pin, long leftCents) {
            this.token = token;
            this.pin = pin;
            this.leftCents = leftCents;
        }

        String token() {
            return token;
        }

        String pin() {
            return pin;
        }
    }

    /** Reads the town's logins and, from the gateway, its balances. */
    static Shops ofDemoTown(ApiClient api, DataFolder folder) throws IOException, SuiteFailed {
        if (!Files.exists(folder.demoLogins())) {
            throw new SuiteFailed("no demo town in " + folder.root() + ": start ops/run once without --empty");
        }
        JsonObject town = new JsonObject(Files.readString(folder.demoLogins()));
        OperatorSession social = objects(town.getJsonArray("operators")).stream()
                .filter(operator -> SOCIAL.equals(operator.getString("role")))
                .map(operator ->
                        new OperatorSession(api, operator.getString("username"), operator.getString("password")))
                .findFirst()
                .orElseThrow(() -> new SuiteFailed("the demo town has nobody of social services"));
        List<Card> cards = new ArrayList<>();
        for (JsonObject card : objects(town.getJsonArray("cards"))) {
            JsonObject wallet = api.get("/wallets/" + card.getString("wallet_id"), social)
                    .orThrow("wallet")
                    .body();
            long cents = objects(wallet.getJsonArray("pockets")).stream()
                    .mapToLong(pocket -> ApiReply.amountOf(pocket, "available"))
                    .sum();
            cards.add(new Card(card.getString("card_token"), card.getString("pin"), cents));
        }
        List<TerminalSession> terminals = objects(town.getJsonArray("terminals")).stream()
                .map(terminal -> TerminalSession.fromJson(api, terminal))
                .toList();
        return new Shops(terminals, cards);
    }

    /** Any terminal. */
    TerminalSession terminal() {
        return terminals.get(random.nextInt(terminals.size()));
    }

    /** Cents on all cards together, which so many payments of one cent may still draw. */
    long leftCents() {
        return cards.stream().mapToLong(card -> card.leftCents).sum();
    }

    /** Any card that has a cent left, which is then spent. */
    Card spendCent() {
        while (!cards.isEmpty()) {
            int at = random.nextInt(cards.size());
            Card card = cards.get(at);
            if (card.leftCents > 0) {
                card.leftCents--;
                return card;
            }
            cards.remove(at);
        }
        throw new IllegalStateException("the town's cards are empty");
    }

    private static List<JsonObject> objects(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
    }
}
