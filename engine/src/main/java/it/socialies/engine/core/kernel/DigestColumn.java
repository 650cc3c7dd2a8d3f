// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.Digest256Decoder;

/** A column of 256-bit digests. */
public final class DigestColumn {
    private final LongColumn w0;
    private final LongColumn w1;
    private final LongColumn w2;
    private final LongColumn w3;

    /** At most {@code max} digests. */
    public DigestColumn(final int max) {
        w0 = new LongColumn(max);
        w1 = new LongColumn(max);
        w2 = new LongColumn(max);
        w3 = new LongColumn(max);
    }

    /** Sets the digest of an id from a message. */
    public void set(final long id, final Digest256Decoder digest) {
        set(id, digest.w0(), digest.w1(), digest.w2(), digest.w3());
    }

    /** Sets the digest of an id. */
    public void set(final long id, final Digest digest) {
        set(id, digest.w0(), digest.w1(), digest.w2(), digest.w3());
    }

    /** Sets the digest of an id to zeros. */
    public void clear(final long id) {
        set(id, 0, 0, 0, 0);
    }

    /** Copies the digest of an id. */
    public void get(final long id, final Digest into) {
        into.set(w0.get(id), w1.get(id), w2.get(id), w3.get(id));
    }

    /** True when the digest of the id is this one; in constant time. */
    public boolean matches(final long id, final Digest digest) {
        return digest.sameAs(w0.get(id), w1.get(id), w2.get(id), w3.get(id));
    }

    /** True when the digest of the id was set to something other than zeros. */
    public boolean isSet(final long id) {
        return (w0.get(id) | w1.get(id) | w2.get(id) | w3.get(id)) != 0;
    }

    /** Adds the digest of an id to an entity's hash. */
    public long addTo(final long hash, final long id) {
        long h = EntityHash.add(hash, w0.get(id));
        h = EntityHash.add(h, w1.get(id));
        h = EntityHash.add(h, w2.get(id));
        return EntityHash.add(h, w3.get(id));
    }

    /** Writes the column or fills it. */
    public void visit(final StateFields fields, final String name) {
        w0.visit(fields, name + "_w0");
        w1.visit(fields, name + "_w1");
        w2.visit(fields, name + "_w2");
        w3.visit(fields, name + "_w3");
    }

    private void set(final long id, final long v0, final long v1, final long v2, final long v3) {
        w0.set(id, v0);
        w1.set(id, v1);
        w2.set(id, v2);
        w3.set(id, v3);
    }
}
