// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.protocol.EntityHash;

/** Where each merchant is paid to: a reference to a bank account that the office database knows. Columns by merchant id; zeros for one that has none. */
public final class Payees implements StateTable {
    private final Merchants merchants;
    private final HashSums sums;
    private final LongColumn payee;
    private final ByteColumn held;

    /** For at most {@code maxMerchants}, which {@code merchants} count. */
    public Payees(final int maxMerchants, final Merchants merchants, final HashSums sums) {
        this.merchants = merchants;
        this.sums = sums;
        payee = new LongColumn(maxMerchants);
        held = new ByteColumn(maxMerchants);
    }

    /** Reference of the account in force; 0 for none. */
    public long payee(final long merchantId) {
        return payee.get(merchantId);
    }

    /** True until the contact known before the change has confirmed the account. */
    public boolean isHeld(final long merchantId) {
        return held.get(merchantId) != 0;
    }

    void set(final long merchantId, final long newPayee, final boolean isHeld) {
        sums.removeCore(hash(merchantId));
        payee.set(merchantId, newPayee);
        held.set(merchantId, (byte) (isHeld ? 1 : 0));
        sums.addCore(hash(merchantId));
    }

    void confirm(final long merchantId) {
        set(merchantId, payee(merchantId), false);
    }

    @Override
    public void visit(final StateFields fields) {
        payee.visit(fields, "payees.payee");
        held.visit(fields, "payees.held");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= merchants.count(); id++) {
            sums.addCore(hash(id));
        }
    }

    /** 0 for a merchant without an account, so that the hashes of older journals stay. */
    private long hash(final long merchantId) {
        if (payee.get(merchantId) == 0) {
            return 0;
        }
        long h = EntityHash.start(CoreTags.PAYEE);
        h = EntityHash.add(h, merchantId);
        h = EntityHash.add(h, payee.get(merchantId));
        h = EntityHash.add(h, held.get(merchantId));
        return EntityHash.end(h);
    }
}
