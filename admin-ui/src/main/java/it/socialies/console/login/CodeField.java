// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.login;

import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;

/** A code of an authenticator app: six digits, which browsers and phones may fill in by themselves. */
public final class CodeField extends TextField {
    private static final int DIGITS = 6;

    public CodeField() {
        setLabel(getTranslation("login.code"));
        setHelperText(getTranslation("login.code-help"));
        setAllowedCharPattern("[0-9]");
        setMaxLength(DIGITS);
        setRequiredIndicatorVisible(true);
        setManualValidation(true);
        setValueChangeMode(ValueChangeMode.EAGER);
        getElement().setAttribute("autocomplete", "one-time-code");
        getElement().executeJs("this.inputElement.setAttribute('inputmode', 'numeric')");
        addClassName("code-field");
    }

    /** Whether all digits are there; says so where they are not. */
    public boolean isComplete() {
        boolean isComplete = getValue().length() == DIGITS;
        if (!isComplete) {
            refuse(getTranslation("login.code-required"));
        }
        return isComplete;
    }

    /** Says what is wrong with the code, and waits for another. */
    public void refuse(String why) {
        setErrorMessage(why);
        setInvalid(true);
        clear();
        focus();
    }
}
