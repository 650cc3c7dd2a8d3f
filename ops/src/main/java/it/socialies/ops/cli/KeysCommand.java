// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.gateway.security.KeyRotation;
import it.socialies.gateway.security.KeyRotation.Listed;
import it.socialies.gateway.security.KeyRotation.Rotatable;
import it.socialies.gateway.security.SecretsUnusableException;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.data.WrappedKeys;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, rotates and retires the keys of an installation. What changes works from the node's next start on. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Le chiavi di un'installazione: elenco, rotazione, ritiro. Vale dal prossimo avvio del nodo.",
            "The keys of an installation: list, rotate, retire. Works from the node's next start on."
        })
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Manca il comando | a command is missing");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Nomi e versioni | names and versions.")
    int list(@Mixin DataOption data) {
        for (Listed key : keys(data).list()) {
            String others = key.others().isEmpty() ? "" : "  (" + String.join(", ", key.others()) + ")";
            System.out.println(String.format(Locale.ROOT, "%-20s %s%s", key.name(), key.current(), others));
        }
        return Ies.AGREED;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Una chiave nuova; le vecchie restano valide | a fresh key; the old ones stay good.")
    int rotate(
            @Parameters(paramLabel = "KEY", description = "tokens, qr, second_factor, payees, people_master")
                    Rotatable key,
            @Mixin DataOption data) {
        keys(data).rotate(key, System.currentTimeMillis());
        System.out.println("Vale dal prossimo avvio del nodo | works from the node's next start on");
        return Ies.AGREED;
    }

    @Command(
            name = "retire-qr",
            mixinStandardHelpOptions = true,
            description = "Ritira una versione: le tessere stampate con essa non valgono più"
                    + " | takes a version away: cards printed under it are refused.")
    int retireQr(@Parameters(paramLabel = "VERSION") int version, @Mixin DataOption data) {
        try {
            keys(data).retireQr(version);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        System.out.println("Vale dal prossimo avvio del nodo | works from the node's next start on");
        return Ies.AGREED;
    }

    @Command(
            name = "retire-people-master",
            mixinStandardHelpOptions = true,
            description =
                    "Ritira una versione dopo un avvio del nodo con la nuova: le vecchie copie delle chiavi non aprono più niente"
                            + " | takes a version away after a start of the node under the new one: old backups of keys open nothing.")
    int retirePeopleMaster(@Parameters(paramLabel = "VERSION") int version, @Mixin DataOption data) {
        requireUnused(version, data);
        try {
            keys(data).retirePeopleMaster(version);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        System.out.println("Vale dal prossimo avvio del nodo | works from the node's next start on");
        return Ies.AGREED;
    }

    /** Who is wrapped under a key that is gone can be read by nobody, ever: only where the database says that nobody is. */
    private void requireUnused(int version, DataOption data) {
        long wrapped;
        try {
            wrapped = new WrappedKeys(PostgresLogins.read(data.folder())).countUnder(version);
        } catch (IOException | SQLException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Il database delle chiavi non risponde: avviare l'installazione, poi ritirare"
                            + " | the database of keys does not answer: start the installation, then retire",
                    e);
        }
        if (wrapped > 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    wrapped + " chiavi di persone sono ancora sotto la versione " + version
                            + ": riavviare il nodo con la nuova, che le riscrive | " + wrapped
                            + " keys of persons are still under version " + version
                            + ": start the node with the new one, which wraps them anew");
        }
    }

    private KeyRotation keys(DataOption data) {
        DataFolder folder = data.folder();
        try {
            return new KeyRotation(folder.secrets().resolve("keys"));
        } catch (SecretsUnusableException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
