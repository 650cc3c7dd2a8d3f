// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import java.util.List;

/** Tables that belong together, and the events that become their rows. One thread. */
interface TableGroup {
    /** Gathers the rows of the event under the cursor; false when it is none of this group's. */
    boolean project(EventCursor event);

    /** New rows. All groups' inserts run before any update, so that a thing may be created and changed in one transaction. */
    List<ColumnBuffer> inserts();

    /** Changes of rows, in the order in which they must run. */
    List<ColumnBuffer> updates();
}
