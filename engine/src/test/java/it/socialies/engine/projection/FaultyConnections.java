// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** A data source whose connections break around a commit of the projector (not of its migrations) when told so, once each time. */
final class FaultyConnections {
    enum Fault {
        NONE,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private static final String CONNECTION_FAILURE = "08006";

    private final DataSource dataSource;
    private Fault next = Fault.NONE;

    FaultyConnections(final DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void breakNext(final Fault fault) {
        next = fault;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            final Object result = invoke(dataSource, method, arguments);
            return result instanceof Connection connection ? faulty(connection) : result;
        });
    }

    private Connection faulty(final Connection connection) {
        final AtomicBoolean writes = new AtomicBoolean();
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("setSchema")) {
                writes.set(true);
            }
            final Fault fault = writes.get() && method.getName().equals("commit") ? next : Fault.NONE;
            if (fault == Fault.NONE) {
                return invoke(connection, method, arguments);
            }
            next = Fault.NONE;
            if (fault == Fault.AFTER_COMMIT) {
                connection.commit();
            }
            connection.abort(Runnable::run);
            throw new SQLException("connection cut " + fault, CONNECTION_FAILURE);
        });
    }

    private static Object invoke(final Object target, final Method method, final Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(final Class<T> type, final Handler handler) {
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
