// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.merchants;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.DigestColumn;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.TerminalRegisteredDecoder;
import it.socialies.engine.protocol.sbe.TerminalStatus;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Outlets of merchants and their terminals, each with the public key it enrolled. Columns by outlet id and by terminal id. */
public final class Terminals implements StateTable {
    private static final int KEY_WORDS = 8;

    private final int maxOutlets;
    private final int maxTerminals;
    private final HashSums sums;
    private final LongColumn merchantOfOutlet;
    private final LongColumn outletId;
    private final ByteColumn status;
    private final DigestColumn enrolmentDigest;
    private final LongColumn publicKeyHash;
    private final LongColumn publicKeyWords;
    private long outletCount;
    private long terminalCount;

    /** At most so many outlets and terminals. */
    public Terminals(final int maxOutlets, final int maxTerminals, final HashSums sums) {
        this.maxOutlets = maxOutlets;
        this.maxTerminals = maxTerminals;
        this.sums = sums;
        merchantOfOutlet = new LongColumn(maxOutlets);
        outletId = new LongColumn(maxTerminals);
        status = new ByteColumn(maxTerminals);
        enrolmentDigest = new DigestColumn(maxTerminals);
        publicKeyHash = new LongColumn(maxTerminals);
        publicKeyWords = new LongColumn(maxTerminals * KEY_WORDS + KEY_WORDS);
    }

    /** Id of the next outlet. */
    public long nextOutletId() {
        return outletCount + 1;
    }

    /** Id of the next terminal. */
    public long nextId() {
        return terminalCount + 1;
    }

    /** Outlets opened. */
    public long outletCount() {
        return outletCount;
    }

    /** True when no outlet fits any more. */
    public boolean isFullOfOutlets() {
        return outletCount >= maxOutlets;
    }

    /** Terminals registered. */
    public long count() {
        return terminalCount;
    }

    /** True when no terminal fits any more. */
    public boolean isFull() {
        return terminalCount >= maxTerminals;
    }

    /** True when there is such an outlet, of whatever circuit. */
    public boolean outletExists(final long id) {
        return id > 0 && id <= outletCount;
    }

    /** True when there is such a terminal, of whatever circuit. */
    public boolean exists(final long id) {
        return id > 0 && id <= terminalCount;
    }

    void openOutlet(final long id, final long merchantId) {
        if (id != outletCount + 1) {
            throw new InvariantViolated("outlet " + id + " opened after " + outletCount);
        }
        outletCount = id;
        merchantOfOutlet.set(id, merchantId);
        sums.addLedger(EntityHash.outlet(id, merchantId));
    }

    void register(final TerminalRegisteredDecoder event) {
        final long id = event.terminalId();
        if (id != terminalCount + 1) {
            throw new InvariantViolated("terminal " + id + " registered after " + terminalCount);
        }
        terminalCount = id;
        outletId.set(id, event.outletId());
        status.set(id, (byte) TerminalStatus.REGISTERED.value());
        enrolmentDigest.set(id, event.enrolmentDigest());
        sums.addLedger(hash(id));
        sums.addCore(enrolmentHash(id));
    }

    void enrol(final long id, final DirectBuffer buffer, final int keyOffset) {
        sums.removeLedger(hash(id));
        sums.removeCore(enrolmentHash(id));
        status.set(id, (byte) TerminalStatus.ENROLLED.value());
        enrolmentDigest.clear(id);
        publicKeyHash.set(id, EntityHash.publicKey(buffer, keyOffset));
        for (int i = 0; i < KEY_WORDS; i++) {
            publicKeyWords.set(id * KEY_WORDS + i, buffer.getLong(keyOffset + i * Long.BYTES, ByteOrder.BIG_ENDIAN));
        }
        sums.addLedger(hash(id));
        sums.addCore(enrolmentHash(id));
    }

    void revoke(final long id) {
        sums.removeLedger(hash(id));
        status.set(id, (byte) TerminalStatus.REVOKED.value());
        sums.addLedger(hash(id));
    }

    /** Merchant of an outlet. */
    public long merchantOfOutlet(final long outletId) {
        return merchantOfOutlet.get(outletId);
    }

    /** Outlet of a terminal. */
    public long outletId(final long id) {
        return outletId.get(id);
    }

    /** Merchant of a terminal. */
    public long merchantId(final long id) {
        return merchantOfOutlet.get(outletId.get(id));
    }

    /** Status, as in the schema. */
    public TerminalStatus status(final long id) {
        return TerminalStatus.get(status.get(id));
    }

    /** True when this is the digest of the code the terminal enrols with. */
    public boolean isEnrolledWith(final long id, final Digest digest) {
        return enrolmentDigest.isSet(id) && enrolmentDigest.matches(id, digest);
    }

    /** Copies the 64 bytes of the public key; zeros before enrolment. */
    public void readPublicKey(final long id, final MutableDirectBuffer into, final int offset) {
        for (int i = 0; i < KEY_WORDS; i++) {
            into.putLong(offset + i * Long.BYTES, publicKeyWords.get(id * KEY_WORDS + i), ByteOrder.BIG_ENDIAN);
        }
    }

    @Override
    public void visit(final StateFields fields) {
        outletCount = fields.count("outlets.count", outletCount, maxOutlets);
        terminalCount = fields.count("terminals.count", terminalCount, maxTerminals);
        merchantOfOutlet.visit(fields, "outlets.merchant_id");
        outletId.visit(fields, "terminals.outlet_id");
        status.visit(fields, "terminals.status");
        enrolmentDigest.visit(fields, "terminals.enrolment_digest");
        publicKeyHash.visit(fields, "terminals.public_key_hash");
        publicKeyWords.visit(fields, "terminals.public_key_words");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= outletCount; id++) {
            sums.addLedger(EntityHash.outlet(id, merchantOfOutlet.get(id)));
        }
        for (long id = 1; id <= terminalCount; id++) {
            sums.addLedger(hash(id));
            sums.addCore(enrolmentHash(id));
        }
    }

    private long hash(final long id) {
        return EntityHash.terminal(id, outletId.get(id), status.get(id), publicKeyHash.get(id));
    }

    private long enrolmentHash(final long id) {
        return EntityHash.end(enrolmentDigest.addTo(EntityHash.add(EntityHash.start(CoreTags.ENROLMENT), id), id));
    }
}
