// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.io.IOException;
import java.io.InputStream;

/** A file that can be read more than once, from its beginning each time: the first reading finds out how it is written. */
@FunctionalInterface
public interface FileSource {
    InputStream open() throws IOException;
}
