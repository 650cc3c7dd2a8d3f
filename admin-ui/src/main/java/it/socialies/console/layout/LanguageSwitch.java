// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import it.socialies.console.text.Language;
import it.socialies.console.text.Messages;
import java.util.List;
import java.util.Locale;

/** Italian or English; each language is named in itself. */
public final class LanguageSwitch extends Div {
    public LanguageSwitch() {
        addClassName("languages");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", getTranslation("layout.language"));
        for (Locale language : List.of(Messages.ITALIAN, Messages.ENGLISH)) {
            Button button = new Button(language.getLanguage().toUpperCase(Locale.ROOT));
            button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            button.setAriaLabel(language.getDisplayLanguage(language));
            button.getElement().setAttribute("lang", language.getLanguage());
            boolean isCurrent = getLocale().getLanguage().equals(language.getLanguage());
            button.getElement().setAttribute("aria-pressed", Boolean.toString(isCurrent));
            button.addClickListener(click ->
                    click.getSource().getUI().filter(ui -> !isCurrent).ifPresent(ui -> Language.choose(ui, language)));
            add(button);
        }
    }
}
