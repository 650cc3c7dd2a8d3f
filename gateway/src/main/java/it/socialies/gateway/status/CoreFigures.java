// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.status;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.CircuitViewDecoder;
import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryCircuitEncoder;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.engine.protocol.sbe.QueryTablesEncoder;
import it.socialies.engine.protocol.sbe.StatusViewDecoder;
import it.socialies.engine.protocol.sbe.TablesViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.metrics.GatewayMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToLongFunction;

/**
 * Figures that only the core has: how full its tables are, its clock, the money of each circuit. They come as answers to queries, so they tell of
 * nothing that is not durable, and only when somebody asks for figures. Threading: any event loop.
 */
public final class CoreFigures {
    /** A core that takes longer is reported as not answering. */
    private static final long WAIT_MS = 1_000;

    /** Values of {@link CoreTable} are lower. */
    private static final int TABLES = 256;

    private final CoreClient core;
    private final int circuitsMax;
    private final AtomicLongArray rows = new AtomicLongArray(TABLES);
    private final AtomicLongArray rowsMax = new AtomicLongArray(TABLES);
    private final MultiGauge outstanding;
    private final MultiGauge reserve;
    private volatile boolean answering;
    private volatile boolean clockSuspect;
    private volatile long clockOffsetMs;
    private volatile long sequence;

    /** @param circuitsMax circuits whose money is told, those opened first */
    public CoreFigures(CoreClient core, GatewayMetrics metrics, int circuitsMax) {
        this.core = core;
        this.circuitsMax = circuitsMax;
        metrics.gauge("ies_core_up", "1 when the core answered a query just now", this, f -> f.answering ? 1 : 0);
        metrics.gauge("ies_core_sequence", "Last record of the core", this, f -> f.sequence);
        metrics.gauge(
                "ies_clock_suspect",
                "1 while no payment is taken because the clock stepped implausibly",
                this,
                f -> f.clockSuspect ? 1 : 0);
        metrics.gauge(
                "ies_clock_offset_seconds",
                "How far the clock of a sandbox was moved forward",
                this,
                f -> f.clockOffsetMs / 1e3);
        for (CoreTable table : CoreTable.values()) {
            if (table != CoreTable.NULL_VAL) {
                metrics.gauge(
                        "ies_core_table_rows",
                        "Rows present in a table of the core",
                        rows,
                        counts -> counts.get(table.value()),
                        "table",
                        Json.word(table));
                metrics.gauge(
                        "ies_core_table_rows_limit",
                        "Rows that fit in a table of the core",
                        rowsMax,
                        counts -> counts.get(table.value()),
                        "table",
                        Json.word(table));
            }
        }
        outstanding = metrics.gauges("ies_circuit_outstanding_cents", "IES in circulation in a circuit, in cents");
        reserve = metrics.gauges("ies_circuit_reserve_cents", "Euro in the reserve of a circuit, in cents");
    }

    /** Asks the core. Never fails: a core that does not answer is a figure too. */
    public Future<Void> refresh() {
        return Future.join(status(), tables())
                .compose(read -> circuits())
                .timeout(WAIT_MS, TimeUnit.MILLISECONDS)
                .onComplete(read -> answering = read.succeeded())
                .otherwiseEmpty();
    }

    private Future<Void> status() {
        return core.send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0).message(new QueryStatusEncoder()))
                .map(reply -> {
                    StatusViewDecoder view = reply.get(new StatusViewDecoder());
                    clockSuspect = view.clockSuspect() != 0;
                    clockOffsetMs = view.clockOffsetMs();
                    sequence = view.lastSequence();
                    return null;
                });
    }

    private Future<Void> tables() {
        return core.send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0).message(new QueryTablesEncoder()))
                .map(reply -> {
                    for (TablesViewDecoder.TablesDecoder table :
                            reply.get(new TablesViewDecoder()).tables()) {
                        rows.set(table.table().value(), table.rows());
                        rowsMax.set(table.table().value(), table.rowsMax());
                    }
                    return null;
                });
    }

    private Future<Void> circuits() {
        int circuits = (int) Math.min(circuitsMax, rows.get(CoreTable.CIRCUITS.value()));
        List<Future<CoreReply>> replies = new ArrayList<>();
        for (int id = 1; id <= circuits; id++) {
            int circuitId = id;
            replies.add(core.send(frame -> frame.from(PrincipalKind.SYSTEM, 0, circuitId)
                    .message(new QueryCircuitEncoder())
                    .circuitId(circuitId)));
        }
        return Future.join(replies).map(all -> {
            List<CircuitViewDecoder> views = replies.stream()
                    .map(reply -> reply.result().get(new CircuitViewDecoder()))
                    .toList();
            outstanding.register(rows(views, CircuitViewDecoder::outstanding), true);
            reserve.register(rows(views, CircuitViewDecoder::reserve), true);
            return null;
        });
    }

    private static List<MultiGauge.Row<?>> rows(
            List<CircuitViewDecoder> views, ToLongFunction<CircuitViewDecoder> amount) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (CircuitViewDecoder view : views) {
            rows.add(MultiGauge.Row.of(
                    Tags.of("circuit", Ids.CIRCUIT.format(view.circuitId())), amount.applyAsLong(view)));
        }
        return rows;
    }
}
