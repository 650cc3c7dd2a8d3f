// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.access;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.Autocomplete;
import it.socialies.console.gateway.GatewayProblem;
import it.socialies.console.login.CodeField;
import it.socialies.console.login.Logout;
import it.socialies.console.login.RefusalWords;
import java.util.List;

/** Sets up a second factor in two steps: the password gives the secret, and a first code of the app makes it count. Then all sessions end, this one too. */
final class SecondFactorForm extends Div {
    private static final String GROUPS_OF_FOUR = "(.{4})(?=.)";

    private final OwnLogin login;
    private final SecretField password = new SecretField("access.factor.password", Autocomplete.CURRENT_PASSWORD);
    private final CodeField code = new CodeField();

    SecondFactorForm(OwnLogin login) {
        this.login = login;
        addClassName("access-form");
        Button prepare = new Button(getTranslation("access.factor.prepare"), click -> prepare());
        prepare.addThemeVariants(ButtonVariant.PRIMARY);
        prepare.addClickShortcut(Key.ENTER).listenOn(this);
        add(password, prepare);
    }

    private void prepare() {
        if (password.isEmpty()) {
            password.refuse(getTranslation("access.required"));
            return;
        }
        try {
            show(login.prepareSecondFactor(password.getValue()));
        } catch (GatewayProblem e) {
            password.refuse(RefusalWords.of(this, e));
        }
    }

    private void show(OwnLogin.Prepared prepared) {
        removeAll();
        Code secret = new Code(prepared.secret().replaceAll(GROUPS_OF_FOUR, "$1 "));
        secret.addClassName("secret");
        Button confirm = new Button(getTranslation("access.factor.confirm"), click -> confirm());
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.addClickShortcut(Key.ENTER).listenOn(this);
        Paragraph once = new Paragraph(getTranslation("access.factor.once"));
        once.addClassName("hint");
        add(
                new H3(getTranslation("access.factor.scan")),
                new QrDrawing(prepared.uri(), getTranslation("access.factor.qr")),
                new Paragraph(getTranslation("access.factor.type")),
                secret,
                once,
                new H3(getTranslation("access.factor.prove")),
                code,
                confirm);
        code.focus();
    }

    private void confirm() {
        if (!code.isComplete()) {
            return;
        }
        try {
            showRecoveryCodes(login.confirmSecondFactor(code.getValue()));
        } catch (GatewayProblem e) {
            code.refuse(RefusalWords.of(this, e));
        }
    }

    /** On paper they are the way back in when the device is lost. The session has ended; what is shown here stays until it is written down. */
    private void showRecoveryCodes(List<String> codes) {
        removeAll();
        UnorderedList list = new UnorderedList();
        codes.forEach(each -> {
            Code shown = new Code(each);
            shown.addClassName("secret");
            list.add(new ListItem(shown));
        });
        Paragraph hint = new Paragraph(getTranslation("access.factor.recovery.hint"));
        hint.addClassName("hint");
        Button written = new Button(
                getTranslation("access.factor.recovery.written"), click -> Logout.begin(Logout.Reason.SECOND_FACTOR));
        written.addThemeVariants(ButtonVariant.PRIMARY);
        add(new H3(getTranslation("access.factor.recovery")), list, hint, written);
        written.focus();
    }
}
