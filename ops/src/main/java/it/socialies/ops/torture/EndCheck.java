// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.ops.audit.AuditReport;
import it.socialies.ops.audit.AuditResult;
import it.socialies.ops.audit.FolderAudit;
import it.socialies.ops.audit.StandaloneVerifier;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.journal.Hashes;
import it.socialies.ops.scenario.AckCheck;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Holds what the tills had been told against what the installation knows, and its parts against each other. One thread. */
final class EndCheck {
    private final TorturedInstallation installation;
    private final TortureResults results;
    private final PrintStream out;

    EndCheck(TorturedInstallation installation, TortureResults results, PrintStream out) {
        this.installation = installation;
        this.results = results;
        this.out = out;
    }

    /** While it runs: every acknowledgement, then the four hashes. */
    void whileRunning(Path acks) throws IOException {
        out.println();
        if (!new AckCheck(installation.gateway(), installation.folder(), acks, out).run()) {
            results.fault("le conferme non tornano | acknowledgements do not agree");
        }
        out.println();
        try (ApiClient api = ApiClient.connect(installation.gateway())) {
            if (!Hashes.compare(installation.folder(), api).print(out)) {
                results.fault("gli stati non concordano | the hashes differ");
            }
        }
    }

    /** At rest, after a clean stop: the whole history by its files, also by the verifier that shares no code with the engine. */
    void atRest() throws IOException {
        audit();
        out.println();
        Process verifier = StandaloneVerifier.command(
                        List.of("folder", installation.folder().root().toString()))
                .redirectErrorStream(true)
                .start();
        verifier.getOutputStream().close();
        verifier.inputReader().lines().forEach(out::println);
        try {
            if (verifier.waitFor() != 0) {
                results.fault("il verificatore dice di no | the standalone verifier says no");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void audit() throws IOException {
        out.println();
        long startNs = System.nanoTime();
        try {
            AuditResult audit = FolderAudit.run(installation.folder().engine(), List.of(), null, sequence -> {});
            AuditReport.print(audit, (System.nanoTime() - startNs) / 1e9, out);
            if (!audit.isSound()) {
                results.fault("la storia è danneggiata | the history is damaged");
            }
        } catch (JournalFailure e) {
            results.fault("la storia non si legge | the history cannot be read: " + e.getMessage());
        }
    }
}
