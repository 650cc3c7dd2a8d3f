// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import it.socialies.console.gateway.GatewayClient;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Operator.SecondFactor;
import jakarta.annotation.security.PermitAll;

/** The operator's own login. Whoever must set up a second factor first sees that alone. */
@Route("access")
@StyleSheet("views.css")
@PermitAll
public final class AccessView extends Div implements HasDynamicTitle {
    public AccessView(GatewayClient gateway, Operator operator) {
        addClassNames("page", "access");
        OwnLogin login = new OwnLogin(gateway, operator);
        add(new H1(getTranslation("access.title")));
        Section factor = part("access.factor", lead("access.factor." + word(operator.secondFactor())));
        if (operator.secondFactor() != SecondFactor.ACTIVE) {
            factor.add(new SecondFactorForm(login));
        }
        add(factor);
        if (operator.secondFactor() != SecondFactor.MISSING) {
            add(part("access.password", lead("access.password.lead"), new PasswordForm(login)));
        }
    }

    private static String word(SecondFactor state) {
        return switch (state) {
            case NONE -> "none";
            case ACTIVE -> "active";
            case MISSING -> "missing";
        };
    }

    private Paragraph lead(String key) {
        return new Paragraph(getTranslation(key));
    }

    private Section part(String key, Component... content) {
        Section part = new Section(new H2(getTranslation(key)));
        part.add(content);
        part.addClassName("part");
        return part;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("access.title") + " · " + getTranslation("layout.product");
    }
}
