// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.login;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import it.socialies.console.gateway.GatewayAway;
import it.socialies.console.gateway.GatewayProblem;
import java.util.function.Consumer;

/** The second step of a login: the code that goes with a password. */
final class CodeForm extends Div {
    private final Consumer<String> login;
    private final CodeField code = new CodeField();

    /** @param login tries it with a code; throws {@link GatewayProblem} or {@link GatewayAway} */
    CodeForm(Consumer<String> login) {
        this.login = login;
        addClassName("code-form");
        Button submit = new Button(getTranslation("login.submit"), click -> submit());
        submit.addThemeVariants(ButtonVariant.PRIMARY);
        submit.addClickShortcut(Key.ENTER);
        Button back = new Button(
                getTranslation("login.code-back"),
                click -> UI.getCurrent().getPage().reload());
        back.addThemeVariants(ButtonVariant.TERTIARY);
        add(
                new H2(getTranslation("login.code-title")),
                new Paragraph(getTranslation("login.code-lead")),
                code,
                submit,
                back);
    }

    void focus() {
        code.focus();
    }

    private void submit() {
        if (!code.isComplete()) {
            return;
        }
        try {
            login.accept(code.getValue());
        } catch (GatewayProblem e) {
            code.refuse(RefusalWords.of(this, e));
        } catch (GatewayAway e) {
            code.refuse(getTranslation("login.away.message"));
        }
    }
}
