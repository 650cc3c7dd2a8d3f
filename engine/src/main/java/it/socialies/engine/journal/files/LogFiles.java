// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

import java.io.IOException;
import java.nio.file.Path;

/** Opens the file under the commit log; a simulator passes its own. */
public interface LogFiles {
    /** Real files. */
    LogFiles REAL = new LogFiles() {
        @Override
        public LogFile open(Path path) throws IOException {
            return ChannelLogFile.open(path);
        }

        @Override
        public LogFile create(Path path) throws IOException {
            return ChannelLogFile.create(path);
        }
    };

    /** Opens an existing file. */
    LogFile open(Path path) throws IOException;

    /** Creates an empty file, or empties the one there is. */
    LogFile create(Path path) throws IOException;
}
