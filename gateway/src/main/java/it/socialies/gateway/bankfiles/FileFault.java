// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

/** A file that cannot be read: where, and what was expected there. The whole file is refused. */
public final class FileFault extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;
    private final String code;

    /**
     * @param line from 1; 0 when it is about the whole file
     * @param column from 1
     * @param code stable, in lower case
     * @param detail what was expected; nothing of what the file says
     */
    FileFault(int line, int column, String code, String detail) {
        super(detail, null, false, false);
        this.line = line;
        this.column = column;
        this.code = code;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String code() {
        return code;
    }
}
