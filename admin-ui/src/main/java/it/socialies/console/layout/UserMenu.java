// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import it.socialies.console.access.AccessView;
import it.socialies.console.login.Logout;
import it.socialies.console.session.Operator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is logged in, with which roles, and the way out. */
final class UserMenu extends MenuBar {
    UserMenu(Operator operator) {
        addClassName("user-menu");
        addThemeVariants(MenuBarVariant.TERTIARY);
        setI18n(new MenuBarI18n().setMoreOptions(getTranslation("layout.more")));
        Avatar avatar = new Avatar(operator.username());
        avatar.setAbbreviation(initials(operator.username()));
        avatar.getElement().setAttribute("aria-hidden", "true");
        MenuItem user = addItem(avatar);
        user.setAriaLabel(getTranslation("layout.user", operator.username()));
        Span name = new Span(operator.username());
        name.addClassName("user-name");
        Span roles = new Span(operator.roles().stream()
                .sorted()
                .map(role -> getTranslation("layout.role." + role))
                .collect(Collectors.joining(", ")));
        roles.addClassName("user-roles");
        user.getSubMenu().addItem(name).setEnabled(false);
        user.getSubMenu().addItem(roles).setEnabled(false);
        user.getSubMenu().addSeparator();
        user.getSubMenu()
                .addItem(
                        getTranslation("access.title"), click -> UI.getCurrent().navigate(AccessView.class));
        user.getSubMenu().addItem(getTranslation("layout.logout"), click -> Logout.begin(Logout.Reason.OUT));
    }

    /** Of the first two parts of {@code anna.sociali}. */
    private static String initials(String username) {
        return Stream.of(username.split("[._-]+"))
                .limit(2)
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
