// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/** A snapshot was made under wider limits and does not fit these: raise the limit the message names and start again. */
public final class SnapshotExceedsLimit extends RuntimeException {
    private static final long serialVersionUID = 1;

    SnapshotExceedsLimit(final String field, final long count, final int limit) {
        super("the snapshot has %s = %d, but the limit of %s is %d"
                .formatted(field, count, field.substring(0, field.indexOf('.')), limit));
    }
}
