// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.access;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.Autocomplete;
import it.socialies.console.gateway.GatewayProblem;
import it.socialies.console.login.Logout;
import it.socialies.console.login.RefusalWords;

/** Changes the own password. All sessions end with it, this one too, so it leads to the login. */
final class PasswordForm extends Div {
    private static final int LENGTH_MIN = 12;

    private final OwnLogin login;
    private final SecretField old = new SecretField("access.password.old", Autocomplete.CURRENT_PASSWORD);
    private final SecretField fresh = new SecretField("access.password.new", Autocomplete.NEW_PASSWORD);
    private final SecretField again = new SecretField("access.password.again", Autocomplete.NEW_PASSWORD);

    PasswordForm(OwnLogin login) {
        this.login = login;
        addClassName("access-form");
        fresh.setHelperText(getTranslation("access.password.help", LENGTH_MIN));
        Button change = new Button(getTranslation("access.password.change"), click -> change());
        change.addThemeVariants(ButtonVariant.PRIMARY);
        change.addClickShortcut(Key.ENTER).listenOn(this);
        add(old, fresh, again, change);
    }

    private void change() {
        if (old.isEmpty()) {
            old.refuse(getTranslation("access.required"));
        } else if (fresh.getValue().length() < LENGTH_MIN) {
            fresh.refuse(getTranslation("access.password.help", LENGTH_MIN));
        } else if (!again.getValue().equals(fresh.getValue())) {
            again.refuse(getTranslation("access.password.differs"));
        } else {
            send();
        }
    }

    private void send() {
        try {
            login.changePassword(old.getValue(), fresh.getValue());
            Logout.begin(Logout.Reason.PASSWORD_CHANGED);
        } catch (GatewayProblem e) {
            (e.code().startsWith("password_") ? fresh : old).refuse(RefusalWords.of(this, e));
        }
    }
}
