// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.text;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinService;
import it.socialies.console.session.Cookies;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Locale;

/** The language of a browser: what its user chose last, else Italian. */
public final class Language {
    private static final String COOKIE = "ies-lang";
    private static final Duration REMEMBERED = Duration.ofDays(365);

    private Language() {}

    /** The language that a request's cookie names. */
    public static Locale of(VaadinRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            String name = Cookies.name(COOKIE, request.isSecure());
            for (Cookie cookie : cookies) {
                if (name.equals(cookie.getName())) {
                    return Messages.supported(Locale.of(cookie.getValue()));
                }
            }
        }
        return Messages.ITALIAN;
    }

    /** Turns the session to a language, remembers it in the browser, and shows the page anew. */
    public static void choose(UI ui, Locale language) {
        boolean isSecure = VaadinRequest.getCurrent().isSecure();
        Cookie cookie = new Cookie(Cookies.name(COOKIE, isSecure), language.getLanguage());
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(isSecure);
        cookie.setAttribute("SameSite", "Lax");
        cookie.setMaxAge(Math.toIntExact(REMEMBERED.toSeconds()));
        VaadinResponse response = VaadinService.getCurrentResponse();
        response.addCookie(cookie);
        ui.getSession().setLocale(language);
        ui.getPage().reload();
    }
}
