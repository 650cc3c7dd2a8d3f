// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.SystemMessagesInfo;
import com.vaadin.flow.server.VaadinServiceInitListener;
import it.socialies.console.layout.Faults;
import it.socialies.console.login.LoginView;
import it.socialies.console.session.ConsoleAccess;
import it.socialies.console.text.Language;
import it.socialies.console.text.Messages;
import java.util.Locale;

/** What is set up once for the process and for each session; found by Vaadin through {@code META-INF/services}. */
public final class ConsoleInit implements VaadinServiceInitListener {
    @Override
    public void serviceInit(ServiceInitEvent event) {
        var service = event.getSource();
        service.setSystemMessagesProvider(ConsoleInit::systemMessages);
        ConsoleAccess access = new ConsoleAccess();
        access.setLoginView(LoginView.class);
        service.addUIInitListener(init -> {
            init.getUI().addBeforeEnterListener(access);
            nameConnection(init.getUI());
        });
        service.addSessionInitListener(init -> {
            init.getSession().setLocale(Language.of(init.getRequest()));
            init.getSession().setErrorHandler(new Faults());
        });
        event.addIndexHtmlRequestListener(page -> page.getDocument()
                .getElementsByTag("html")
                .attr("lang", Language.of(page.getVaadinRequest()).getLanguage()));
    }

    /** What the browser shows while it cannot reach the console. */
    private static void nameConnection(UI ui) {
        ui.getReconnectDialogConfiguration().setDialogText(ui.getTranslation("fault.connection.lost"));
        ui.getReconnectDialogConfiguration().setDialogTextGaveUp(ui.getTranslation("fault.connection.gave-up"));
        ui.getPage()
                .executeJs(
                        "if (window.Vaadin.connectionIndicator) { window.Vaadin.connectionIndicator.onlineText = $0 }",
                        ui.getTranslation("fault.connection.back"));
    }

    /** What the browser shows when the session or the server has gone. */
    private static SystemMessages systemMessages(SystemMessagesInfo info) {
        Locale locale = info.getLocale() == null ? Messages.ITALIAN : info.getLocale();
        CustomizedSystemMessages messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(false);
        messages.setSessionExpiredURL(LoginView.ADDRESS_AFTER_EXPIRY);
        messages.setInternalErrorCaption(Messages.text("fault.internal.title", locale));
        messages.setInternalErrorMessage(Messages.text("fault.internal.message", locale));
        messages.setInternalErrorURL("");
        messages.setCookiesDisabledCaption(Messages.text("fault.cookies.title", locale));
        messages.setCookiesDisabledMessage(Messages.text("fault.cookies.message", locale));
        return messages;
    }
}
