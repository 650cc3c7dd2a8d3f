// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.installation;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import it.socialies.console.gateway.GatewayClient;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.view.Badge;
import it.socialies.console.view.Badge.Tone;
import it.socialies.console.view.DataTable;
import jakarta.annotation.security.RolesAllowed;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** For operators of the installation: whether its parts work, and which circuits it has. What happens inside a circuit is its own operators' business. */
@Route("installation")
@StyleSheet("views.css")
@Menu(order = 0, title = "installation.title", icon = "vaadin:server")
@RolesAllowed(Role.INSTALLATION)
public final class InstallationView extends Div implements HasDynamicTitle {
    private static final String UP = "up";
    private static final int CIRCUITS_MAX = 100;

    private final GatewayClient gateway;
    private final Operator operator;

    public InstallationView(GatewayClient gateway, Operator operator) {
        this.gateway = gateway;
        this.operator = operator;
        addClassName("page");
        add(new H1(getTranslation("installation.title")), parts(), circuits());
    }

    private Section parts() {
        DataTable<Map.Entry<String, String>> table = new DataTable<Map.Entry<String, String>>(
                        getTranslation("installation.parts"))
                .kept()
                .text(getTranslation("installation.part"), part -> getTranslation("installation.part." + part.getKey()))
                .column(
                        getTranslation("installation.state"),
                        part -> new Badge(
                                getTranslation("installation.state." + part.getValue()),
                                part.getValue().equals(UP) ? Tone.GOOD : Tone.BAD));
        table.rows(gateway.status().parts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList());
        return part(getTranslation("installation.parts"), table);
    }

    private Section circuits() {
        JsonNode page =
                gateway.get("/circuits?limit=" + CIRCUITS_MAX, operator.token().accessToken());
        DataTable<JsonNode> table = new DataTable<JsonNode>(getTranslation("installation.circuits"))
                .text(
                        getTranslation("installation.circuit"),
                        circuit -> circuit.path("name").asString(""))
                .text(
                        getTranslation("installation.circuit.id"),
                        circuit -> circuit.path("id").asString(""))
                .text(
                        getTranslation("installation.circuit.setup"),
                        circuit -> getTranslation(
                                circuit.path("setup_open").asBoolean(false)
                                        ? "installation.setup.open"
                                        : "installation.setup.closed"));
        table.rows(page.path("items").valueStream().toList());
        return part(getTranslation("installation.circuits"), table);
    }

    private static Section part(String title, DataTable<?> table) {
        Section part = new Section(new H2(title), table);
        part.addClassName("part");
        return part;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("installation.title") + " · " + getTranslation("layout.product");
    }
}
