// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.i18n.I18NProvider;
import com.vaadin.flow.server.VaadinService;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.session.Operator;
import it.socialies.console.session.OperatorSession;
import it.socialies.console.text.Messages;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Builds the views: a view's one constructor names what it works with, and gets it here. That is one of {@link Services}, the {@link Operator} of the session, or a
 * {@link CircuitReader} bound to that operator's circuit.
 */
final class ConsoleInstantiator extends DefaultInstantiator {
    private static final I18NProvider MESSAGES = new Messages();

    private final VaadinService service;

    ConsoleInstantiator(VaadinService service) {
        super(service);
        this.service = service;
    }

    @Override
    public I18NProvider getI18NProvider() {
        return MESSAGES;
    }

    @Override
    public <T> T getOrCreate(Class<T> type) {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (!isOurs(type) || constructors.length != 1 || constructors[0].getParameterCount() == 0) {
            return super.getOrCreate(type);
        }
        Object[] arguments = Arrays.stream(constructors[0].getParameterTypes())
                .map(this::provide)
                .toArray();
        try {
            return type.cast(constructors[0].newInstance(arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot build " + type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build " + type.getName(), e);
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("it.socialies.");
    }

    private Object provide(Class<?> type) {
        if (type == Operator.class) {
            return OperatorSession.required();
        }
        Services services = Objects.requireNonNull(service.getContext().getAttribute(Services.class), "no services");
        if (type == CircuitReader.class) {
            return new CircuitReader(
                    services.projection(), OperatorSession.required().circuitId());
        }
        for (Object part : services.parts()) {
            if (type.isInstance(part)) {
                return part;
            }
        }
        throw new IllegalStateException("nobody provides " + type.getName());
    }
}
