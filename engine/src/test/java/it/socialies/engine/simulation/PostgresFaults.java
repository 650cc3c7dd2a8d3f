// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.pipeline.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A way to a real Postgres that fails: no connection, a connection cut inside a transaction, a commit that fails, a commit that is done but whose
 * answer is lost, slowness. Deterministic: whatever it does is drawn from the world's seed. One thread.
 */
final class PostgresFaults {
    private static final String CONNECTION_FAILURE = "08006";
    private static final int THOUSAND = 1_000;

    private final DataSource postgres;
    private final SplittableRandom random;
    private final ManualClock clock;

    /** No connection is given while it is down. */
    boolean down;

    /** Of a thousand statements and commits so many lose their connection. */
    int cutsPerThousand;

    /** Milliseconds that a commit takes at most. */
    int commitMaxMs;

    private long failures;

    PostgresFaults(DataSource postgres, SplittableRandom random, ManualClock clock) {
        this.postgres = postgres;
        this.random = random;
        this.clock = clock;
    }

    void heal() {
        down = false;
        cutsPerThousand = 0;
        commitMaxMs = 0;
    }

    long failures() {
        return failures;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            if (method.getName().equals("getConnection") && (down || isCut())) {
                throw failure("no connection");
            }
            Object result = invoke(postgres, method, arguments);
            return result instanceof Connection connection ? faulty(connection) : result;
        });
    }

    private Connection faulty(Connection connection) {
        AtomicBoolean projects = new AtomicBoolean();
        return proxy(Connection.class, (method, arguments) -> {
            // Migrations do not set the schema this way; they are not what is tested here.
            if (method.getName().equals("setSchema")) {
                projects.set(true);
            }
            if (projects.get()) {
                switch (method.getName()) {
                    case "commit" -> {
                        return commit(connection);
                    }
                    case "prepareStatement", "createStatement" -> {
                        if (down || isCut()) {
                            connection.abort(Runnable::run);
                            throw failure("cut inside a transaction");
                        }
                    }
                    default -> {
                        // passes
                    }
                }
            }
            return invoke(connection, method, arguments);
        });
    }

    private Object commit(Connection connection) throws SQLException {
        if (commitMaxMs > 0) {
            clock.advanceMs(random.nextInt(commitMaxMs));
        }
        if (!down && !isCut()) {
            connection.commit();
            return connection;
        }
        boolean isDone = random.nextBoolean();
        if (isDone) {
            connection.commit();
        }
        connection.abort(Runnable::run);
        throw failure(isDone ? "answer to a commit lost" : "cut before a commit");
    }

    private boolean isCut() {
        return random.nextInt(THOUSAND) < cutsPerThousand;
    }

    private SQLException failure(String what) {
        failures++;
        return new SQLException("simulated: " + what, CONNECTION_FAILURE);
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> handler.handle(method, arguments)));
    }

    @FunctionalInterface
    private interface Handler {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }
}
