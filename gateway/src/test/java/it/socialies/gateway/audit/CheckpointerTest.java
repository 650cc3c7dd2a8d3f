// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import it.socialies.gateway.audit.Checkpoint.Circuit;
import it.socialies.gateway.security.AuditKeys;
import it.socialies.gateway.security.Secrets;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {
    private static final long SECOND_NS = 1_000_000_000;

    @TempDir
    private Path data;

    private final List<Checkpoint> snapshots = new ArrayList<>();
    private final List<Long> damaged = new ArrayList<>();
    private Path place;
    private CheckpointFolder folder;
    private AuditKeys keys;
    private Checkpointer checkpointer;
    private long nowNs = Long.MAX_VALUE - SECOND_NS;

    @BeforeEach
    void begin() throws IOException {
        place = data.resolve("checkpoints");
        keys = Secrets.open(data.resolve("keys")).auditKeys(false, 1_000);
        startAgain();
    }

    private void startAgain() throws IOException {
        folder = CheckpointFolder.open(place);
        checkpointer = new Checkpointer(
                new Checkpointer.Source() {
                    @Override
                    public List<Long> sequences() {
                        return snapshots.stream().map(Checkpoint::sequence).toList();
                    }

                    @Override
                    public Checkpoint checkpoint(long sequence) throws IOException {
                        if (damaged.contains(sequence)) {
                            throw new IOException("damaged");
                        }
                        return snapshots.stream()
                                .filter(each -> each.sequence() == sequence)
                                .findFirst()
                                .orElseThrow();
                    }
                },
                folder,
                keys,
                () -> nowNs);
    }

    private int pass(long seconds) {
        nowNs += seconds * SECOND_NS;
        return checkpointer.doWork();
    }

    private void snapshot(long sequence) {
        snapshots.add(CheckpointTest.checkpoint(sequence));
    }

    @Test
    void shouldSignEachSnapshotOnce() throws Exception {
        snapshot(900);
        snapshot(100);
        assertThat(pass(1)).isEqualTo(2);
        assertThat(pass(1)).isZero();
        snapshot(1_000);
        assertThat(pass(1)).isEqualTo(1);

        assertThat(folder.newest()).isEqualTo(1_000);
        assertThat(folder.below(Long.MAX_VALUE, 10)).containsExactly(1_000, 900, 100);
        assertThat(folder.below(1_000, 1)).containsExactly(900);
        assertThat(folder.below(950, 10)).containsExactly(900, 100);
        assertThat(folder.below(100, 10)).isEmpty();
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder(
                            "00000000000000000100.jws",
                            "00000000000000000900.jws",
                            "00000000000000001000.jws",
                            "keys.json");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx------");
        JWKSet published = JWKSet.load(place.resolve(CheckpointFolder.KEYS_FILE).toFile());
        assertThat(published.containsNonPublicKeys()).isFalse();
        for (long sequence : folder.below(Long.MAX_VALUE, 10)) {
            SignedCheckpoint read = folder.read(sequence);
            assertThat(read.checkpoint()).isEqualTo(CheckpointTest.checkpoint(sequence));
            JWSObject jws = JWSObject.parse(read.jws());
            assertThat(jws.getHeader().getType().toString()).isEqualTo(AuditKeys.TYPE);
            assertThat(jws.verify(new ECDSAVerifier(
                            published.getKeyByKeyId(jws.getHeader().getKeyID()).toECKey())))
                    .isTrue();
        }
    }

    @Test
    void shouldGoOnAfterARestartWithWhatHasNoneYet() throws Exception {
        snapshot(100);
        pass(1);
        byte[] first = Files.readAllBytes(place.resolve("00000000000000000100.jws"));
        snapshot(200);
        Files.writeString(place.resolve("00000000000000000300.jws.new"), "killed while writing");
        snapshot(300);

        startAgain();
        assertThat(pass(0)).isEqualTo(2);

        assertThat(folder.below(Long.MAX_VALUE, 10)).containsExactly(300, 200, 100);
        assertThat(Files.readAllBytes(place.resolve("00000000000000000100.jws")))
                .isEqualTo(first);
        assertThat(place.resolve("00000000000000000300.jws.new")).doesNotExist();
    }

    @Test
    void shouldSignTheOthersAndTryADamagedOneAgainAMinuteLater() {
        snapshot(100);
        snapshot(200);
        damaged.add(100L);
        assertThat(pass(1)).isEqualTo(1);
        assertThat(folder.newest()).isEqualTo(200);
        assertThat(checkpointer.failures().sum()).isEqualTo(1);
        assertThat(pass(59)).isZero();
        assertThat(checkpointer.failures().sum()).isEqualTo(1);
        pass(1);
        assertThat(checkpointer.failures().sum()).isEqualTo(2);
        damaged.clear();
        assertThat(pass(60)).isEqualTo(1);
        assertThat(folder.contains(100)).isTrue();
        assertThat(checkpointer.failures().sum()).isEqualTo(2);
    }

    @Test
    void shouldNotSignSumsThatContradictEachOther() {
        Checkpoint fine = CheckpointTest.checkpoint(100);
        snapshots.add(new Checkpoint(
                fine.issuer(),
                fine.issuedS(),
                fine.sequence(),
                fine.timestampMs(),
                fine.chain(),
                fine.coreHash(),
                fine.ledgerHash(),
                List.of(new Circuit(1, 2, 1, List.of()))));
        assertThat(pass(1)).isZero();
        assertThat(checkpointer.failures().sum()).isEqualTo(1);
        assertThat(folder.newest()).isZero();
    }

    @Test
    void shouldWaitUntilTheFolderCanBeWritten() throws IOException {
        Files.writeString(place, "a file is in the way");
        startAgain();
        snapshot(100);
        assertThat(pass(1)).isZero();
        assertThat(checkpointer.failures().sum()).isEqualTo(1);
        assertThat(folder.newest()).isZero();
        Files.delete(place);
        assertThat(pass(60)).isEqualTo(1);
        assertThat(folder.read(100).checkpoint()).isEqualTo(CheckpointTest.checkpoint(100));
    }

    @Test
    void shouldNeverOverwriteOne() throws IOException {
        snapshot(100);
        pass(1);
        SignedCheckpoint signed = folder.read(100);
        assertThatThrownBy(() -> folder.write(signed)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.below(Long.MAX_VALUE, 10)).containsExactly(100);
    }

    @Test
    void shouldServeNothingThatIsNoCheckpointOfItsName() throws IOException {
        snapshot(100);
        snapshot(200);
        snapshot(300);
        pass(1);
        Path first = place.resolve("00000000000000000100.jws");
        Files.copy(first, place.resolve("00000000000000000150.jws"));
        Files.writeString(place.resolve("00000000000000000200.jws"), "èèè");
        Files.delete(place.resolve("00000000000000000300.jws"));

        assertThat(CheckpointFolder.open(place).read(100)).isNotNull();
        assertThat(CheckpointFolder.open(place).read(150)).isNull();
        assertThat(CheckpointFolder.open(place).read(200)).isNull();
        assertThat(folder.read(300)).isNull();
        assertThat(folder.read(400)).isNull();
    }
}
