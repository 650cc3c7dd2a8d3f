// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.RouterLink;

/** A page that says what went wrong and where to go on: a title, a sentence, and nothing technical. */
abstract class FaultPage extends Div implements HasDynamicTitle {
    private String title = "";

    FaultPage() {
        addClassName("fault");
    }

    void say(String titleKey, String messageKey) {
        title = getTranslation(titleKey);
        removeAll();
        add(
                new H1(title),
                new Paragraph(getTranslation(messageKey)),
                new RouterLink(getTranslation("fault.home"), HomeView.class));
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
