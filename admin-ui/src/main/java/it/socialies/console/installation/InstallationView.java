// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.installation;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import it.socialies.console.chart.FiguresTable;
import it.socialies.console.gateway.GatewayClient;
import it.socialies.console.gateway.GatewayStatus;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** For operators of the installation: whether its parts work, and which circuits it has. What happens inside a circuit is its own operators' business. */
@Route("installation")
@Menu(order = 0, title = "installation.title", icon = "vaadin:server")
@RolesAllowed(Role.INSTALLATION)
public final class InstallationView extends Div implements HasDynamicTitle {
    private static final int CIRCUITS_MAX = 100;

    private final GatewayClient gateway;
    private final Operator operator;

    public InstallationView(GatewayClient gateway, Operator operator) {
        this.gateway = gateway;
        this.operator = operator;
        addClassName("installation");
        add(new H1(getTranslation("installation.title")), parts(), circuits());
    }

    private Section parts() {
        GatewayStatus status = gateway.status();
        FiguresTable table = new FiguresTable(
                getTranslation("installation.parts"),
                getTranslation("installation.part"),
                getTranslation("installation.state"));
        table.show(status.parts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(part -> List.of(
                        getTranslation("installation.part." + part.getKey()),
                        getTranslation("installation.state." + part.getValue())))
                .toList());
        return panel(getTranslation("installation.parts"), table);
    }

    private Section circuits() {
        JsonNode page =
                gateway.get("/circuits?limit=" + CIRCUITS_MAX, operator.token().accessToken());
        FiguresTable table = new FiguresTable(
                getTranslation("installation.circuits"),
                getTranslation("installation.circuit"),
                getTranslation("installation.circuit.id"),
                getTranslation("installation.circuit.setup"));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode circuit : page.path("items")) {
            String id = circuit.path("id").asString("");
            rows.add(List.of(
                    circuit.path("name").asString(id),
                    id,
                    getTranslation(
                            circuit.path("setup_open").asBoolean(false)
                                    ? "installation.setup.open"
                                    : "installation.setup.closed")));
        }
        table.show(rows);
        return panel(getTranslation("installation.circuits"), table);
    }

    private static Section panel(String title, FiguresTable table) {
        Section panel = new Section(new H2(title), table);
        panel.addClassName("panel");
        return panel;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("installation.title") + " · " + getTranslation("layout.product");
    }
}
