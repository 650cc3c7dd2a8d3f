// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.AccountKind;

/** Circuits: a Comune or a group of them, each with its reserve, its IES and its tariff. Columns by circuit id. */
public final class Circuits implements StateTable {
    /** Flag: persons may transfer IES to each other. */
    public static final int TRANSFERS = 1;
    /** Flag: persons may redeem IES for euro. */
    public static final int REDEMPTION_BY_PERSONS = 2;

    private final int max;
    private final HashSums sums;
    private final Accounts accounts;
    private final LongColumn reserveBankAccountId;
    private final LongColumn reserveAccountId;
    private final LongColumn issuanceAccountId;
    private final LongColumn feesAccountId;
    private final IntColumn flags;
    private final IntColumn legalBasis;
    private final LongColumn tariffFlat;
    private final IntColumn tariffBasisPoints;
    private final LongColumn feeResidue;
    private final ByteColumn setupClosed;
    private int count;

    /** At most {@code max} circuits. */
    public Circuits(final int max, final HashSums sums, final Accounts accounts) {
        this.max = max;
        this.sums = sums;
        this.accounts = accounts;
        reserveBankAccountId = new LongColumn(max);
        reserveAccountId = new LongColumn(max);
        issuanceAccountId = new LongColumn(max);
        feesAccountId = new LongColumn(max);
        flags = new IntColumn(max);
        legalBasis = new IntColumn(max);
        tariffFlat = new LongColumn(max);
        tariffBasisPoints = new IntColumn(max);
        feeResidue = new LongColumn(max);
        setupClosed = new ByteColumn(max);
    }

    /** Id of the next circuit. */
    public int nextId() {
        return count + 1;
    }

    /** Circuits so far; their ids go from 1 to this. */
    public int count() {
        return count;
    }

    /** True when no circuit fits any more. */
    public boolean isFull() {
        return count >= max;
    }

    /** True when there is such a circuit. */
    public boolean exists(final long id) {
        return id > 0 && id <= count;
    }

    void open(final int id) {
        if (id != count + 1) {
            throw new InvariantViolated("circuit " + id + " opened after " + count);
        }
        count = id;
        sums.addCore(hash(id));
    }

    /** Books an account of the circuit itself. */
    public void addAccount(final int id, final AccountKind kind, final long accountId) {
        sums.removeCore(hash(id));
        switch (kind) {
            case RESERVE_BANK -> reserveBankAccountId.set(id, accountId);
            case RESERVE -> reserveAccountId.set(id, accountId);
            case ISSUANCE -> issuanceAccountId.set(id, accountId);
            case FEES -> feesAccountId.set(id, accountId);
            default -> throw new InvariantViolated("account " + accountId + " is not one of a circuit");
        }
        sums.addCore(hash(id));
    }

    void configure(final int id, final int flags, final int legalBasis) {
        sums.removeCore(hash(id));
        this.flags.set(id, flags);
        this.legalBasis.set(id, legalBasis);
        sums.addCore(hash(id));
    }

    void setTariff(final int id, final long flat, final int basisPoints) {
        sums.removeCore(hash(id));
        tariffFlat.set(id, flat);
        tariffBasisPoints.set(id, basisPoints);
        sums.addCore(hash(id));
    }

    void closeSetup(final int id) {
        sums.removeCore(hash(id));
        setupClosed.set(id, (byte) 1);
        sums.addCore(hash(id));
    }

    /** Books what rounding a fee down left to the payer, in ten-thousandths of a minor unit. */
    public void addFeeResidue(final int id, final long residue) {
        sums.removeCore(hash(id));
        feeResidue.add(id, residue);
        sums.addCore(hash(id));
    }

    /** Halts when IES outstanding exceeds the reserve. */
    public void verifyBacking(final int id) {
        if (outstanding(id) > reserve(id)) {
            throw new InvariantViolated("IES outstanding exceeds the reserve of circuit " + id);
        }
    }

    /** Euro in the reserve, in minor units. */
    public long reserve(final int id) {
        return accounts.available(reserveAccountId.get(id));
    }

    /** IES issued and not redeemed, in minor units. */
    public long outstanding(final int id) {
        return accounts.available(issuanceAccountId.get(id));
    }

    /** Fees collected, in minor units of IES. */
    public long fees(final int id) {
        return accounts.available(feesAccountId.get(id));
    }

    /** Contra account of the reserve. */
    public long reserveBankAccountId(final int id) {
        return reserveBankAccountId.get(id);
    }

    /** Account of the reserve. */
    public long reserveAccountId(final int id) {
        return reserveAccountId.get(id);
    }

    /** Contra account of the IES issued. */
    public long issuanceAccountId(final int id) {
        return issuanceAccountId.get(id);
    }

    /** Account that fees go to. */
    public long feesAccountId(final int id) {
        return feesAccountId.get(id);
    }

    /** What is enabled, as flags. */
    public int flags(final int id) {
        return flags.get(id);
    }

    /** Code of the legal basis of what is enabled. */
    public int legalBasis(final int id) {
        return legalBasis.get(id);
    }

    /** Flat part of the tariff, in minor units. */
    public long tariffFlat(final int id) {
        return tariffFlat.get(id);
    }

    /** Proportional part of the tariff, in basis points. */
    public int tariffBasisPoints(final int id) {
        return tariffBasisPoints.get(id);
    }

    /** Sum of residues, in ten-thousandths of a minor unit. */
    public long feeResidue(final int id) {
        return feeResidue.get(id);
    }

    /** True until the first fund or reserve movement is approved. */
    public boolean isSetupOpen(final int id) {
        return setupClosed.get(id) == 0;
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("circuits.count", count, max);
        reserveBankAccountId.visit(fields, "circuits.reserve_bank_account_id");
        reserveAccountId.visit(fields, "circuits.reserve_account_id");
        issuanceAccountId.visit(fields, "circuits.issuance_account_id");
        feesAccountId.visit(fields, "circuits.fees_account_id");
        flags.visit(fields, "circuits.flags");
        legalBasis.visit(fields, "circuits.legal_basis");
        tariffFlat.visit(fields, "circuits.tariff_flat");
        tariffBasisPoints.visit(fields, "circuits.tariff_basis_points");
        feeResidue.visit(fields, "circuits.fee_residue");
        setupClosed.visit(fields, "circuits.setup_closed");
    }

    @Override
    public void rebuild() {
        for (int id = 1; id <= count; id++) {
            sums.addCore(hash(id));
            verifyBacking(id);
        }
    }

    private long hash(final int id) {
        long h = EntityHash.start(CoreTags.CIRCUIT);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, reserveBankAccountId.get(id));
        h = EntityHash.add(h, reserveAccountId.get(id));
        h = EntityHash.add(h, issuanceAccountId.get(id));
        h = EntityHash.add(h, feesAccountId.get(id));
        h = EntityHash.add(h, flags.get(id));
        h = EntityHash.add(h, legalBasis.get(id));
        h = EntityHash.add(h, tariffFlat.get(id));
        h = EntityHash.add(h, tariffBasisPoints.get(id));
        h = EntityHash.add(h, feeResidue.get(id));
        h = EntityHash.add(h, setupClosed.get(id));
        return EntityHash.end(h);
    }
}
