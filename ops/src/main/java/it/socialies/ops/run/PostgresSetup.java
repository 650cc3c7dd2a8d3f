// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.data.PostgresLogins.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Makes the databases and logins of an installation in a Postgres that runs; harmless when they exist. */
final class PostgresSetup {
    static final int MIN_VERSION_NUM = 150_000;

    private static final String LOGIN_REFUSED_CLASS = "28";

    private PostgresSetup() {}

    /**
     * Prepares everything {@code secrets/postgres.json} promises.
     *
     * @param adminUrl JDBC address of any database of the server
     * @param admin a login that may create roles and databases
     * @throws RunFailure when the server cannot be reached, is too old, belongs to another installation, or the login may not do it
     */
    static void prepare(String adminUrl, Properties admin, PostgresLogins logins) {
        try (Connection connection = DriverManager.getConnection(adminUrl, admin)) {
            requireVersion(connection);
            keepStatementsOutOfLogs(connection);
            for (Login login :
                    new Login[] {logins.projection(), logins.office(), logins.vaultKeys(), logins.reader()}) {
                createLogin(connection, login, adminUrl, admin);
            }
            // Groups whose rights the projection's migrations set.
            createGroup(connection, "ies_projector", logins.projection());
            createGroup(connection, "ies_reader", logins.reader());
            createDatabase(connection, logins.projection());
            createDatabase(connection, logins.office());
            createDatabase(connection, logins.vaultKeys());
            execute(
                    connection,
                    "GRANT CONNECT ON DATABASE %I TO %I",
                    logins.projection().database(),
                    logins.reader().user());
        } catch (SQLException e) {
            throw unusable(adminUrl, e);
        }
    }

    private static void requireVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version_num")) {
            row.next();
            int versionNum = Integer.parseInt(row.getString(1));
            if (versionNum < MIN_VERSION_NUM) {
                throw new RunFailure(
                        "Postgres " + versionNum / 10_000 + " è troppo vecchio: serve la versione 15 o una più recente",
                        "Postgres " + versionNum / 10_000 + " is too old: version 15 or newer is needed");
            }
        }
    }

    private static void createLogin(Connection connection, Login login, String adminUrl, Properties admin)
            throws SQLException {
        if (roleExists(connection, login.user())) {
            requireOwn(login, adminUrl, admin);
        } else {
            execute(connection, "CREATE ROLE %I LOGIN PASSWORD %L", login.user(), login.password());
        }
        keepRowsOutOfLogs(connection, login);
        if (!isSuperuser(connection)) {
            // From Postgres 16 on a creator must be a member before it may give a database to the role.
            execute(connection, "GRANT %I TO CURRENT_USER", login.user());
        }
    }

    /** The statements of this session hold passwords. */
    private static void keepStatementsOutOfLogs(Connection connection) throws SQLException {
        if (isSuperuser(connection)) {
            for (String setting : new String[] {
                "log_statement = none", "log_min_duration_statement = -1", "log_min_error_statement = panic"
            }) {
                execute(connection, "SET " + setting);
            }
        }
    }

    /**
     * An error tells what went wrong, and neither the statement nor the values, which are of persons. Only a superuser may decide that; for other servers
     * {@code ops/docs/operations.md} says it.
     */
    private static void keepRowsOutOfLogs(Connection connection, Login login) throws SQLException {
        if (isSuperuser(connection)) {
            execute(connection, "ALTER ROLE %I SET log_error_verbosity = terse", login.user());
            execute(connection, "ALTER ROLE %I SET log_min_error_statement = panic", login.user());
            execute(connection, "ALTER ROLE %I SET log_parameter_max_length = 0", login.user());
            execute(connection, "ALTER ROLE %I SET log_parameter_max_length_on_error = 0", login.user());
        }
    }

    /** A role whose password this folder does not know serves another installation: taking it over would cut that one off. */
    private static void requireOwn(Login login, String adminUrl, Properties admin) throws SQLException {
        Properties own = new Properties();
        own.putAll(admin);
        own.setProperty("user", login.user());
        own.setProperty("password", login.password());
        try {
            DriverManager.getConnection(adminUrl, own).close();
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith(LOGIN_REFUSED_CLASS)) {
                throw e;
            }
            throw new RunFailure(
                    "Questo Postgres serve già un'altra installazione (ruolo " + login.user()
                            + "): usarne un altro, o rimettere il secrets/postgres.json di quella",
                    "This Postgres already serves another installation (role " + login.user()
                            + "): use another one, or put that installation's secrets/postgres.json back",
                    e);
        }
    }

    private static void createGroup(Connection connection, String group, Login member) throws SQLException {
        if (!roleExists(connection, group)) {
            execute(connection, "CREATE ROLE %I NOLOGIN", group);
        }
        execute(connection, "GRANT %I TO %I", group, member.user());
    }

    private static boolean roleExists(Connection connection, String role) throws SQLException {
        return exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role);
    }

    private static void createDatabase(Connection connection, Login owner) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", owner.database())) {
            execute(
                    connection,
                    "CREATE DATABASE %I OWNER %I ENCODING 'UTF8' TEMPLATE template0",
                    owner.database(),
                    owner.user());
        }
        execute(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", owner.database());
    }

    private static boolean isSuperuser(Connection connection) throws SQLException {
        return exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper AND ? <> ''", "x");
    }

    private static boolean exists(Connection connection, String sql, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, argument);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Runs a statement with identifiers ({@code %I}) and literals ({@code %L}) quoted, for those statements that take no parameters. */
    private static void execute(Connection connection, String template, String... arguments) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            StringBuilder sql = new StringBuilder();
            int next = 0;
            for (int i = 0; i < template.length(); i++) {
                if (template.startsWith("%I", i)) {
                    sql.append(statement.enquoteIdentifier(arguments[next++], true));
                    i++;
                } else if (template.startsWith("%L", i)) {
                    sql.append(statement.enquoteLiteral(arguments[next++]));
                    i++;
                } else {
                    sql.append(template.charAt(i));
                }
            }
            statement.execute(sql.toString());
        }
    }

    private static RunFailure unusable(String url, SQLException cause) {
        String where = url.replaceFirst("^jdbc:", "");
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new RunFailure(
                "Postgres a " + where + " non è utilizzabile (" + reason
                        + "): controllare indirizzo, password e diritti CREATEDB e CREATEROLE",
                "Postgres at " + where
                        + " cannot be used: check the address, the password and the rights CREATEDB and CREATEROLE",
                cause);
    }
}
