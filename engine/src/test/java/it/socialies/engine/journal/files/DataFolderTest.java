// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.fixture.OtherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void shouldBeForItsOwnerOnly() throws IOException {
        DataFolder folder = DataFolder.create(parent.resolve("a/data"));
        for (Path path : List.of(
                folder.root(),
                folder.commitLog(),
                folder.journal(),
                folder.run(),
                folder.postgres(),
                folder.secrets())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
        }
        DataFolder.create(parent.resolve("a/data"));
    }

    @Test
    void shouldLetOneEngineIn() throws Exception {
        DataFolder folder = DataFolder.create(parent.resolve("data"));
        String remedy = "in use by process " + ProcessHandle.current().pid() + ": stop it first";
        try (ProcessLock lock = folder.lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(folder::lock).isInstanceOf(DataFolderInUse.class).hasMessageContaining(remedy);
            assertThat(OtherProcess.run(TakeLock.class, folder.root().toString()))
                    .contains(remedy);
        }
        assertThat(OtherProcess.run(TakeLock.class, folder.root().toString())).isEqualTo("taken");
        folder.lock().close();
    }

    /** Prints whether it got the lock. */
    static final class TakeLock {
        public static void main(String[] args) throws IOException {
            try (ProcessLock lock = DataFolder.at(Path.of(args[0])).lock()) {
                System.out.print(lock == null ? "" : "taken");
            } catch (DataFolderInUse e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
