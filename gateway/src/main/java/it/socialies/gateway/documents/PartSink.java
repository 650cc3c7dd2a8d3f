// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;

/** Where the parts of a large run of documents go, one after the other. */
@FunctionalInterface
public interface PartSink {
    /**
     * The stream of a part, which is closed before the next one is asked for.
     *
     * @param part from 1
     */
    OutputStream open(int part) throws IOException;
}
