// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.client.NodeGone;
import it.socialies.ops.scenario.AckCheck;
import it.socialies.ops.scenario.Balestrate;
import it.socialies.ops.scenario.MarketDay;
import it.socialies.ops.town.Town;
import it.socialies.ops.town.TownGenerator;
import it.socialies.ops.town.TownSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whole stories played over HTTP, and the check of what they were promised. */
@Command(
        name = "scenario",
        mixinStandardHelpOptions = true,
        description = "Una storia intera via HTTP | a whole story over HTTP.")
final class ScenarioCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Manca lo scenario | a scenario is missing");
    }

    @Command(
            name = "balestrate",
            mixinStandardHelpOptions = true,
            description =
                    "160 tessere, 18 negozi, 38.000 € ricaricati e spesi | 160 cards, 18 shops, 38,000 € recharged and spent.")
    int balestrate(
            @Mixin InstallationOptions installation,
            @Option(
                            names = "--seed",
                            defaultValue = "" + TownGenerator.DEFAULT_SEED,
                            description = "default: ${DEFAULT-VALUE}")
                    long seed,
            @Option(
                            names = "--weeks",
                            defaultValue = "" + Balestrate.Settings.WEEKS,
                            description = "pari | even; default: ${DEFAULT-VALUE}")
                    int weeks,
            @Option(names = "--cards", defaultValue = "160", description = "default: ${DEFAULT-VALUE}") int cards,
            @Option(names = "--shops", defaultValue = "18", description = "default: ${DEFAULT-VALUE}") int shops,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description =
                                    "Come fa un Comune, con le sue carte in questa cartella | as a town hall does it, with its papers in this folder")
                    @Nullable
                    Path papers)
            throws IOException, InterruptedException {
        Town town = TownGenerator.generate(size(cards, shops), seed);
        if (weeks < 2 || weeks % 2 != 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--weeks: un numero pari | an even number, 2 …");
        }
        if (papers != null
                && (cards < Balestrate.Settings.FULL_CARDS_MIN || shops < Balestrate.Settings.FULL_SHOPS_MIN)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--out: --cards " + Balestrate.Settings.FULL_CARDS_MIN + " …, --shops "
                            + Balestrate.Settings.FULL_SHOPS_MIN + " …");
        }
        var settings = new Balestrate.Settings(installation.gateway(), installation.folder(), town, weeks, papers);
        Balestrate scenario = new Balestrate(settings, System.out);
        try {
            return scenario.run() ? Ies.AGREED : Ies.DISAGREED;
        } catch (NodeGone e) {
            scenario.acknowledgements()
                    .ifPresent(file -> spec.commandLine()
                            .getErr()
                            .println("Conferme ricevute fin qui | acknowledgements so far: " + file
                                    + "\n  ops/ies scenario verify-acks " + file + " --gateway URL --data DIR"));
            throw e;
        }
    }

    private TownSize size(int cards, int shops) {
        TownSize full = TownSize.BALESTRATE;
        if (cards < 1 || cards > 10_000 || shops < 1 || shops > full.shops()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--cards 1 … 10000, --shops 1 … " + full.shops());
        }
        // A smaller town gets its share of the money, to the cent.
        return new TownSize(cards, shops, full.totalCents() * cards / full.beneficiaries());
    }

    @Command(
            name = "market-day",
            mixinStandardHelpOptions = true,
            description =
                    "Le casse della città dimostrativa incassano senza sosta, qualunque cosa accada al nodo | the demo town's tills go on taking payments, whatever happens to the node.")
    int marketDay(
            @Mixin InstallationOptions installation,
            @Option(names = "--seconds", defaultValue = "60", description = "default: ${DEFAULT-VALUE}") int seconds,
            @Option(
                            names = "--rate",
                            defaultValue = "50",
                            description = "Pagamenti al secondo | payments a second; default: ${DEFAULT-VALUE}")
                    int rate,
            @Option(
                            names = "--patience",
                            defaultValue = "120",
                            description =
                                    "Secondi di attesa a nodo assente | seconds to wait for an absent node; default: ${DEFAULT-VALUE}")
                    int patienceSeconds)
            throws IOException {
        if (seconds < 1 || seconds > 86_400 || rate < 1 || rate > 2_000 || patienceSeconds < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--seconds 1 … 86400, --rate 1 … 2000, --patience 0 …");
        }
        new MarketDay(
                        MarketDay.Settings.simple(
                                installation.gateway(),
                                installation.folder(),
                                Duration.ofSeconds(seconds),
                                rate,
                                Duration.ofSeconds(patienceSeconds)),
                        System.out)
                .run();
        return Ies.AGREED;
    }

    @Command(
            name = "verify-acks",
            mixinStandardHelpOptions = true,
            description =
                    "Ogni pagamento confermato c'è, una volta sola | every acknowledged payment is there, exactly once.")
    int verifyAcks(
            @Parameters(paramLabel = "FILE", description = "DIR/scenarios/*.acks") Path file,
            @Mixin InstallationOptions installation)
            throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandLine.ParameterException(spec.commandLine(), file + " non esiste | does not exist");
        }
        boolean good = new AckCheck(installation.gateway(), installation.folder(), file, System.out).run();
        return good ? Ies.AGREED : Ies.DISAGREED;
    }
}
