// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.history;

/**
 * Where bytes lie.
 *
 * @param file as the reader of the report can find it
 * @param offset in the file, in bytes; -1 when no byte can be named
 */
public record Place(String file, long offset) {
    /** A place further on in the same file; unknown stays unknown. */
    public Place plus(long bytes) {
        return offset < 0 ? this : new Place(file, offset + bytes);
    }
}
