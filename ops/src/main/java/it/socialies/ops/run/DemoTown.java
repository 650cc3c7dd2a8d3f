// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.data.DataFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;

/** The demo town of a fresh folder. */
final class DemoTown {
    DemoTown(DataFolder folder, URI gateway, PrintStream out) {}

    void loadOnFirstStart(boolean empty) throws IOException {}
}
