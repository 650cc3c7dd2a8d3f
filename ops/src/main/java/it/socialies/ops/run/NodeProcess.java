// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.data.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JVM that holds engine and gateway. */
final class NodeProcess {
    static final String MAIN_CLASS = "it.socialies.gateway.node.Node";

    private static final int JDK_WITH_NEW_FLAGS = 24;

    private NodeProcess() {}

    /**
     * Starts the node.
     *
     * @param home the checkout, whose {@code ops/jvm} holds the flags: the node starts the snapshotter with those of its own
     * @param arguments of the node's main
     * @param https wins over the settings in the data folder
     */
    static ChildJvm start(DataFolder folder, Path home, URI gateway, List<String> arguments, @Nullable Https https)
            throws IOException {
        Path flags = home.resolve("ops").resolve("jvm");
        List<Path> flagFiles = new ArrayList<>(List.of(flags.resolve("flags-21")));
        if (Runtime.version().feature() >= JDK_WITH_NEW_FLAGS) {
            flagFiles.add(flags.resolve("flags-24"));
        }
        flagFiles.add(flags.resolve("node"));
        List<String> properties = new ArrayList<>(List.of("ies.home=" + home.toAbsolutePath()));
        if (https != null) {
            properties.addAll(https.properties());
        }
        return ChildJvm.start(new ChildJvm.Program(
                MAIN_CLASS,
                flagFiles,
                properties,
                System.getProperty("java.class.path"),
                arguments,
                folder.nodePid(),
                folder.nodeLog(),
                folder.nodeOutput(),
                gateway.resolve("/rest/ies/v1/status")));
    }
}
