// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.lumo.Lumo;

/** What every page of the browser starts with. */
@Push
@StyleSheet(Lumo.STYLESHEET)
@StyleSheet("console.css")
public final class AppShell implements AppShellConfigurator {
    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addFavIcon("icon", "console-icon.svg", "any");
        settings.addMetaTag("color-scheme", "light");
        settings.addMetaTag("robots", "noindex");
    }
}
