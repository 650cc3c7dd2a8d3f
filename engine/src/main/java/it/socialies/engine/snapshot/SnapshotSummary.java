// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.ledger.TotalsConsumer;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a snapshot says in a few numbers, beside it as {@code <sequence>.totals.json}: which history it stands on, the hashes of the state, and the
 * sums of every unit. Amounts are in minor units.
 *
 * @param sequence last record it holds
 * @param timestampMs stamp of that record, milliseconds since the epoch
 * @param chain the journal's chain hash behind that record: 64 hexadecimal digits. Through the Merkle roots it stands for every record up to there
 * @param coreHash over everything in the core
 * @param ledgerHash over accounts, holds, wallets, cards, programmes and shops
 * @param circuits by their number
 */
public record SnapshotSummary(
        long sequence, long timestampMs, String chain, long coreHash, long ledgerHash, List<Circuit> circuits) {
    private static final int CHAIN_DIGITS = 64;

    /**
     * Totals of one circuit.
     *
     * @param circuit its number
     * @param outstanding IES issued and not redeemed, never more than the reserve
     * @param reserve euro in the reserve
     * @param units those in which anything ever moved
     */
    public record Circuit(int circuit, long outstanding, long reserve, List<Unit> units) {
        public Circuit {
            units = List.copyOf(units);
        }
    }

    /**
     * Sums over all accounts of one unit of a circuit. Debits equal credits, always.
     *
     * @param unit its code, such as {@code EUR}
     * @param debitsPosted all that was ever moved
     * @param creditsPosted the same
     * @param debitsPending held now
     * @param creditsPending the same
     */
    public record Unit(String unit, long debitsPosted, long creditsPosted, long debitsPending, long creditsPending) {}

    public SnapshotSummary {
        if (sequence < 1) {
            throw new IllegalArgumentException("a snapshot holds at least one record, not " + sequence);
        }
        if (chain.length() != CHAIN_DIGITS) {
            throw new IllegalArgumentException("a chain hash has " + CHAIN_DIGITS + " digits, not " + chain.length());
        }
        circuits = List.copyOf(circuits);
    }

    /** The summary of a core that stands behind this place of the history. */
    public static SnapshotSummary of(Chain chain, CoreService core) {
        List<Circuit> circuits = new ArrayList<>();
        List<Unit> units = new ArrayList<>();
        core.totals(new TotalsConsumer() {
            @Override
            public void onUnit(
                    int circuitId,
                    UnitCode unit,
                    long debitsPending,
                    long debitsPosted,
                    long creditsPending,
                    long creditsPosted) {
                units.add(new Unit(unit.name(), debitsPosted, creditsPosted, debitsPending, creditsPending));
            }

            @Override
            public void onBacking(int circuitId, long outstanding, long reserve) {
                circuits.add(new Circuit(circuitId, outstanding, reserve, units));
                units.clear();
            }
        });
        return new SnapshotSummary(
                chain.sequence(),
                core.lastTimestampMs(),
                HexFormat.of().formatHex(chain.hash()),
                core.coreHash(),
                core.ledgerHash(),
                circuits);
    }

    /** The place in the history that the snapshot stands on. */
    public Chain chainAtSequence() {
        return new Chain(sequence, HexFormat.of().parseHex(chain));
    }

    /** One line of JSON, members in a fixed order, so that equal summaries are equal bytes. */
    public byte[] toJson() {
        return SummaryJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote. Members that a later release may add are passed over.
     *
     * @throws IOException when it is not a whole summary
     */
    public static SnapshotSummary parse(byte[] text) throws IOException {
        return SummaryJson.parse(text);
    }
}
