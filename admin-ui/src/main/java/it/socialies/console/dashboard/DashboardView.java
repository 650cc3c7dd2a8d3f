// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;

/** How the circuit is doing today. */
@Route("")
@Menu(order = 0, title = "dashboard.title", icon = "vaadin:dashboard")
@PermitAll
public final class DashboardView extends Div implements HasDynamicTitle {
    public DashboardView() {
        add(new H1(getTranslation("dashboard.title")));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("dashboard.title") + " · " + getTranslation("layout.product");
    }
}
