// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.access;

import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.data.value.ValueChangeMode;

/** A field for a password, old or new, that says itself what is wrong with it. */
final class SecretField extends PasswordField {
    private static final int LENGTH_MAX = 200;

    /**
     * @param labelKey its name
     * @param autocomplete tells a password manager which one is meant
     */
    SecretField(String labelKey, Autocomplete autocomplete) {
        setLabel(getTranslation(labelKey));
        setAutocomplete(autocomplete);
        setMaxLength(LENGTH_MAX);
        setManualValidation(true);
        setRequiredIndicatorVisible(true);
        // What was typed is there when Enter sends it.
        setValueChangeMode(ValueChangeMode.EAGER);
        addValueChangeListener(typed -> setInvalid(false));
        getElement().executeJs("this.i18n = {reveal: $0}", getTranslation("access.reveal"));
    }

    void refuse(String why) {
        setErrorMessage(why);
        setInvalid(true);
        focus();
    }
}
