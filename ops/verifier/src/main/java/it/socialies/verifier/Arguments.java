// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was asked on the command line. */
record Arguments(
        Task task,
        Path path,
        List<Path> checkpoints,
        @Nullable Path jwks) {
    /** What is to be verified. */
    enum Task {
        FOLDER,
        RANGE,
        PROOF,
        CASE
    }

    /** Wrong usage; the message explains the right one. */
    static final class Wrong extends Exception {
        Wrong(String message) {
            super(message.isEmpty() ? USAGE : message + "\n" + USAGE);
        }
    }

    static final String USAGE = """
            uso | usage:
              java -jar ies-verifier.jar folder DIR  [--checkpoint FILE]… [--jwks FILE]
              java -jar ies-verifier.jar range FILE  [--checkpoint FILE]… [--jwks FILE]
              java -jar ies-verifier.jar proof FILE  --jwks FILE
              java -jar ies-verifier.jar case FILE   --jwks FILE
            folder: una cartella dati, ferma o in uso | a data folder, stopped or in use
            range:  un tratto esportato con ops/ies journal export | a range exported with ops/ies journal export
            proof:  la prova di un pagamento, da GET /audit/proofs | the proof of a payment, from GET /audit/proofs
            case:   un caso di un campione, ZIP | a case of a sample, ZIP, from GET /audit/samples/{id}/cases/{number}
            --checkpoint: un checkpoint conservato altrove | a checkpoint that was kept elsewhere
            --jwks: le chiavi pubbliche dell'installazione | the installation's public keys
            esito | exit code: 0 sì | yes, 1 no, 2 nulla di provato | nothing was proven""";

    Arguments {
        checkpoints = List.copyOf(checkpoints);
    }

    /** Whether somebody only wants to know what there is. */
    static boolean isHelp(String[] args) {
        return args.length > 0 && (args[0].equals("--help") || args[0].equals("-h"));
    }

    static Arguments parse(String[] args) throws Wrong {
        if (args.length == 0) {
            throw new Wrong("");
        }
        Task task = task(args[0]);
        Path path = null;
        Path jwks = null;
        List<Path> checkpoints = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--checkpoint" -> checkpoints.add(value(args, ++i));
                case "--jwks" -> jwks = value(args, ++i);
                default -> {
                    if (args[i].startsWith("--") || path != null) {
                        throw new Wrong("argomento sconosciuto | unknown argument: " + args[i]);
                    }
                    path = Path.of(args[i]);
                }
            }
        }
        if (path == null) {
            throw new Wrong("manca il percorso | the path is missing");
        }
        if ((task == Task.PROOF || task == Task.CASE) && (jwks == null || !checkpoints.isEmpty())) {
            throw new Wrong("una prova o un caso vuole --jwks, e porta con sé il suo checkpoint"
                    + " | a proof or a case wants --jwks, and brings its checkpoint along");
        }
        return new Arguments(task, path, checkpoints, jwks);
    }

    private static Task task(String word) throws Wrong {
        for (Task task : Task.values()) {
            if (task.name().toLowerCase(Locale.ROOT).equals(word)) {
                return task;
            }
        }
        throw new Wrong("che cosa? | verify what? " + word);
    }

    private static Path value(String[] args, int at) throws Wrong {
        if (at >= args.length) {
            throw new Wrong("manca un file | a file is missing behind " + args[at - 1]);
        }
        return Path.of(args[at]);
    }
}
