// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import it.socialies.console.access.AccessView;
import it.socialies.console.dashboard.DashboardView;
import it.socialies.console.installation.InstallationView;
import it.socialies.console.session.Operator;
import jakarta.annotation.security.PermitAll;

/** The bare address leads to the first page of whoever is logged in. */
@Route("")
@PermitAll
public final class HomeView extends Div implements BeforeEnterObserver {
    private final Operator operator;

    public HomeView(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (operator.secondFactor() == Operator.SecondFactor.MISSING) {
            event.forwardTo(AccessView.class);
        } else {
            event.forwardTo(operator.circuitId() == 0 ? InstallationView.class : DashboardView.class);
        }
    }
}
