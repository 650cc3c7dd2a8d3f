// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The projection at one sequence as one circuit sees it: this is where an operator is kept to the own circuit.
 *
 * <p>A query names tables without their schema ({@code SELECT … FROM payment}). The search path is empty, so these names mean nothing in Postgres; each one
 * that occurs is defined in front of the query as the rows of this circuit ({@code WITH payment AS NOT MATERIALIZED (SELECT … WHERE circuit_id = 3)}), which Postgres
 * folds into the query as if written there. A query cannot forget the circuit, and one that names the schema is refused.
 *
 * <p>Belongs to the thread and the transaction it was handed out in.
 */
public final class CircuitView {
    private static final String BY_PAYMENT =
            "SELECT t.* FROM projection.%s t JOIN projection.payment p USING (payment_id) WHERE p.circuit_id = %d";
    private static final String BY_WALLET =
            "SELECT t.* FROM projection.%s t JOIN projection.wallet w USING (wallet_id) WHERE w.circuit_id = %d";
    private static final String OWN = "SELECT * FROM projection.%s WHERE circuit_id = %d";

    /** Every table of the projection that a page may read, and how it is narrowed. Card tokens are not among them. */
    private static final Map<String, String> TABLES = tables();

    private static final Pattern WORD = Pattern.compile("[a-z_]+");
    private static final Pattern SCHEMA = Pattern.compile("\\bprojection\\b");

    private final Connection connection;
    private final int circuitId;

    CircuitView(Connection connection, int circuitId) {
        this.connection = connection;
        this.circuitId = circuitId;
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        for (String table : List.of(
                "account",
                "card",
                "circuit",
                "circuit_balance",
                "command_key",
                "debt_settlement",
                "dispute",
                "disputed_part",
                "emergency_award",
                "fund_movement",
                "issuance",
                "ledger_entry",
                "merchant",
                "operator",
                "operator_appointment",
                "outlet",
                "payee",
                "payment",
                "programme",
                "programme_balance",
                "proposal",
                "redemption",
                "repaid_part",
                "reserve_movement",
                "rules_in_force",
                "settled_part",
                "settlement",
                "settlement_line",
                "settlement_line_change",
                "terminal",
                "top_up",
                "top_up_refusal",
                "transfer",
                "unit",
                "wallet")) {
            tables.put(table, OWN);
        }
        tables.put("hold", BY_PAYMENT);
        tables.put("payment_change", BY_PAYMENT);
        tables.put("pocket_sweep", BY_WALLET);
        tables.put("pocket_grace", BY_WALLET);
        return tables;
    }

    /** How far the rows of this view go. */
    public Position position() throws SQLException {
        return Position.read(connection);
    }

    /**
     * Runs a query and makes something of each row.
     *
     * @param sql with {@code ?} for the parameters; begins with SELECT
     */
    public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... parameters) throws SQLException {
        return Rows.list(connection, narrow(sql), mapper, parameters);
    }

    /** The first row, if any. */
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) throws SQLException {
        return list(sql, mapper, parameters).stream().findFirst();
    }

    /** A number: of rows, or a sum. */
    public long number(String sql, @Nullable Object... parameters) throws SQLException {
        return first(sql, row -> row.getLong(1), parameters).orElse(0L);
    }

    private String narrow(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        if (SCHEMA.matcher(lower).find() || !lower.stripLeading().startsWith("select")) {
            throw new IllegalArgumentException("a page reads the tables of its circuit only: " + sql);
        }
        String definitions = WORD.matcher(lower)
                .results()
                .map(word -> word.group())
                .filter(TABLES::containsKey)
                .distinct()
                .map(this::definition)
                .collect(Collectors.joining(", "));
        return definitions.isEmpty() ? sql : "WITH " + definitions + " " + sql;
    }

    private String definition(String table) {
        String rows = Objects.requireNonNull(TABLES.get(table)).formatted(table, circuitId);
        return table + " AS NOT MATERIALIZED (" + rows + ")";
    }
}
