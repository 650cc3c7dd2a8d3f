// SPDX-License-Identifier: EUPL-1.2
package it.socialies.fuzzing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls, for the target that is named to it; {@code ops/fuzz} starts it. Jazzer's methods are found by their names. */
public final class JazzerEntry {
    private static @Nullable FuzzTarget target;

    private JazzerEntry() {}

    /** Writes the seeds of a target into a folder: arguments are class and folder. Prints how long inputs may be. */
    public static void main(String[] args) {
        try {
            writeSeeds(args);
        } catch (IOException | RuntimeException | Error e) {
            e.printStackTrace();
            System.exit(1);
        }
        // Threads that a target has started do not keep the process.
        System.exit(0);
    }

    private static void writeSeeds(String[] args) throws IOException {
        FuzzTarget named = named(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]));
        List<byte[]> seeds = Seeds.of(named);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(folder.resolve("seed-" + i), seeds.get(i));
        }
        System.out.println(named.lengthMax());
    }

    /** Called once by Jazzer. */
    public static void fuzzerInitialize(String[] args) {
        target = named(args[0]);
    }

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        FuzzTarget current = target;
        if (current == null) {
            throw new IllegalStateException("no target");
        }
        try {
            current.test(input);
        } catch (Throwable finding) {
            System.err.println("input, base 64: " + Base64.getEncoder().encodeToString(input));
            throw finding;
        }
    }

    /** Makes the one target; others of its module may be slow to make. */
    private static FuzzTarget named(String name) {
        List<ServiceLoader.Provider<FuzzTarget>> targets =
                ServiceLoader.load(FuzzTarget.class).stream().toList();
        return targets.stream()
                .filter(each -> each.type().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target " + name + " in "
                        + targets.stream().map(each -> each.type().getName()).toList()))
                .get();
    }
}
