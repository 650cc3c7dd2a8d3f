// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.Workers;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.SecretFile;
import it.socialies.ops.town.Town;
import it.socialies.ops.town.TownGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;

/**
 * The demo town of a fresh folder: Balestrate, recharged and not spent. {@code demo-town.json} says how far its loading came, so that one that was
 * interrupted starts again in a fresh circuit.
 */
public final class DemoTown {
    private static final int CLIENTS = 4;
    private static final int CARDS_SHOWN = 3;

    private final DataFolder folder;
    private final URI gateway;
    private final PrintStream out;

    public DemoTown(DataFolder folder, URI gateway, PrintStream out) {
        this.folder = folder;
        this.gateway = gateway;
        this.out = out;
    }

    /** Loads the town unless the folder has one, or was told to have none; prints its logins. */
    public void loadOnFirstStart(boolean empty) throws IOException {
        String state = Files.exists(folder.demoTown())
                ? SecretFile.read(folder.demoTown()).getString("state")
                : "fresh";
        switch (state) {
            case "fresh" -> {
                if (empty) {
                    remember("none", "");
                } else {
                    load();
                }
            }
            case "loading" -> {
                out.println("Il caricamento della città dimostrativa si era interrotto: ricomincio in un circuito nuovo"
                        + " | The demo town's loading had been interrupted: starting again in a fresh circuit");
                load();
            }
            default -> {
                // Loaded, or none wanted.
            }
        }
        if (Files.exists(folder.demoLogins())) {
            printLogins(SecretFile.read(folder.demoLogins()));
        }
    }

    private void load() throws IOException {
        remember("loading", "");
        out.println("Carico la città dimostrativa | Loading the demo town: Balestrate");
        Town town = TownGenerator.balestrate(TownGenerator.DEFAULT_SEED);
        try (ApiClient api = ApiClient.connect(gateway);
                Workers workers = new Workers(CLIENTS)) {
            SetUp setUp = new SetUp(api, Bootstrap.read(api, folder), workers, new OwnLedger(), out);
            TownCircuit circuit = setUp.open(town);
            for (int round = 0; round < Town.ROUNDS; round++) {
                setUp.recharge(circuit, round);
            }
            SecretFile.write(folder.demoLogins(), TownLogins.of(circuit));
            remember("loaded", circuit.circuitId());
        }
    }

    private void remember(String state, String circuitId) throws IOException {
        SecretFile.write(folder.demoTown(), new JsonObject().put("state", state).put("circuit_id", circuitId));
    }

    private void printLogins(JsonObject logins) {
        out.println();
        out.println("Città dimostrativa Balestrate, circuito " + logins.getString("circuit_id") + " (tutto in "
                + folder.demoLogins() + ")");
        out.println("Demo town Balestrate, circuit " + logins.getString("circuit_id") + " (all of it in "
                + folder.demoLogins() + ")");
        out.println("  Operatori | operators");
        for (Object entry : logins.getJsonArray("operators")) {
            JsonObject operator = (JsonObject) entry;
            out.printf(
                    "    %-10s %-36s %s%n",
                    operator.getString("role"), operator.getString("username"), operator.getString("password"));
        }
        JsonObject terminal = logins.getJsonArray("terminals").getJsonObject(0);
        out.println("  Terminale | terminal");
        out.println("    " + terminal.getString("terminal_id") + "  " + terminal.getString("shop"));
        out.println("  Tessere e PIN | cards and PINs");
        JsonArray cards = logins.getJsonArray("cards");
        for (int i = 0; i < Math.min(CARDS_SHOWN, cards.size()); i++) {
            JsonObject card = cards.getJsonObject(i);
            out.println("    " + card.getString("card_id") + "  PIN " + card.getString("pin") + "  "
                    + card.getString("card_token"));
        }
        out.println();
    }
}
