// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.server.VaadinService;

/** Hands Vaadin, which finds this class by its interface, the one who builds the views. */
public final class ConsoleInstantiatorFactory implements InstantiatorFactory {
    @Override
    public Instantiator createInstantitor(VaadinService service) {
        return new ConsoleInstantiator(service);
    }
}
