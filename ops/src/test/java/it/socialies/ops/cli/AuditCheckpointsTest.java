// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.audit.Checkpoint;
import it.socialies.gateway.security.AuditKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code ops/ies audit verify} against checkpoints that were kept elsewhere, on the files of a real engine. */
class AuditCheckpointsTest extends TownFolder {
    @Test
    void shouldAgreeWithItsOwnCheckpointAndItsSignature() throws Exception {
        AuditKeys keys = keys("keys");
        Path jws = write("kept.jws", keys.sign(checkpoint(data).claims().encode()));
        Path jwks = write("keys.json", keys.publicJwks());
        assertThat(verify("--checkpoint", jws.toString())).isEqualTo(Ies.AGREED);
        assertThat(printed).contains("agrees with the history; firma NON verificata (manca --jwks)");
        assertThat(verify("--checkpoint", jws.toString(), "--jwks", jwks.toString()))
                .isEqualTo(Ies.AGREED);
        assertThat(printed).contains("signature good, key ");

        JsonObject answer = checkpoint(data).json();
        Path json = write("answer.json", answer.encode());
        assertThat(verify("--checkpoint", json.toString())).isEqualTo(Ies.AGREED);
        assertThat(verify("--checkpoint", json.toString(), "--jwks", jwks.toString()))
                .isEqualTo(UNREADABLE);
        Path signed =
                write("signed.json", answer.put("jws", Files.readString(jws)).encode());
        assertThat(verify("--checkpoint", signed.toString(), "--jwks", jwks.toString()))
                .isEqualTo(Ies.AGREED);
        Path altered = write("altered.json", answer.put("sequence", 1).encode());
        assertThat(verify("--checkpoint", altered.toString())).isEqualTo(UNREADABLE);
    }

    @Test
    void shouldNotBelieveASignatureOfAnotherKey() throws Exception {
        Path jws = write("kept.jws", keys("one").sign(checkpoint(data).claims().encode()));
        Path jwks = write("keys.json", keys("other").publicJwks());
        assertThat(verify("--checkpoint", jws.toString(), "--jwks", jwks.toString()))
                .isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("the checkpoint's signature is not the installation's", "no key of these has the id");
        AuditKeys keys = keys("one");
        JWSObject kept = JWSObject.parse(Files.readString(jws));
        JsonObject claims = new JsonObject(kept.getPayload().toString());
        String forged = kept.getHeader().toBase64URL() + "."
                + Base64URL.encode(claims.put("chain", "00".repeat(32)).encode())
                + "." + kept.getSignature();
        Path altered = write("altered.jws", forged);
        Path own = write("own.json", keys.publicJwks());
        assertThat(verify("--checkpoint", altered.toString(), "--jwks", own.toString()))
                .isEqualTo(Ies.DISAGREED);
        assertThat(printed).contains("did not sign these bytes", "does NOT agree");
    }

    @Test
    void shouldCatchAnOlderCopyByTheCheckpointAndNotWithout() throws Exception {
        Path kept = write("kept.json", checkpoint(data).json().encode());
        copy(olderCopy, data);
        assertThat(verify()).isEqualTo(Ies.AGREED);
        long end = newestTotals(data).sequence();
        assertThat(verify("--checkpoint", kept.toString())).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("an older copy was put back, or the end of the history was taken away")
                .contains("the history ends at " + end + ", before the checkpoint's " + last);
    }

    @Test
    void shouldSeeThatOnlyTheJournalOfAnOlderCopyWasPutBack() throws Exception {
        copy(olderCopy, data);
        Files.copy(
                town.resolve("snapshots").resolve(snapshot(last).getFileName()),
                data.resolve("snapshots").resolve(snapshot(last).getFileName()));
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed).contains("the snapshot is ahead of the history: an older copy was put back");
    }

    @Test
    void shouldHoldTheHistoryAgainstTheCheckpointsBesideIt() throws Exception {
        AuditKeys keys = keys("keys");
        Path folder = Files.createDirectory(data.resolve("checkpoints"));
        Files.writeString(folder.resolve("keys.json"), keys.publicJwks());
        for (Checkpoint checkpoint : List.of(checkpoint(olderCopy), checkpoint(data))) {
            Files.writeString(
                    folder.resolve(String.format(Locale.ROOT, "%020d.jws", checkpoint.sequence())),
                    keys.sign(checkpoint.claims().encode()));
        }
        assertThat(verify()).isEqualTo(Ies.AGREED);
        assertThat(printed).contains("checkpoints/: 2/2 concordano");

        Path newest = folder.resolve(String.format(Locale.ROOT, "%020d.jws", last));
        flip(newest, Files.size(newest) - 20);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed).contains("FAULT: checkpoints/" + newest.getFileName() + ", record " + last);
        flip(newest, Files.size(newest) - 20);

        Path kept = temp.resolve("checkpoints");
        copy(folder, kept);
        copy(olderCopy, data);
        copy(kept, folder);
        assertThat(verify()).isEqualTo(Ies.DISAGREED);
        assertThat(printed)
                .contains("checkpoints/: 1/2 concordano")
                .contains("an older copy was put back, or the end of the history was taken away");
    }

    @Test
    void shouldCatchAHistoryThatWasWrittenAnew() throws Exception {
        Path older = write("older.json", checkpoint(olderCopy).json().encode());
        Path newer = write("newer.json", checkpoint(data).json().encode());
        copy(olderCopy, data);
        // Sound in itself, and as long: the same payments once more, at other times.
        try (AuditedTown engine = AuditedTown.reopen(data, 4, proposalsSoFar() - AuditedTown.PAYMENTS_A_DAY)) {
            engine.pay();
            engine.nextDay();
            engine.pay();
        }
        assertThat(verify()).isEqualTo(Ies.AGREED);
        assertThat(verify("--checkpoint", newer.toString(), "--checkpoint", older.toString()))
                .isEqualTo(Ies.DISAGREED);
        long agreed = newestTotals(olderCopy).sequence();
        assertThat(printed)
                .contains("checkpoint older.json, record " + agreed + ": concorda")
                .contains("FAULT: checkpoint " + newer + ", records " + (agreed + 1) + "–" + last)
                .contains("differs from the checkpoint at record " + last + ": ");
    }
}
