// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

/** Another process holds the data folder; the message is the remedy in one line. */
public final class DataFolderInUse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataFolderInUse(String message) {
        super(message);
    }
}
