// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.login;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.AbstractLogin.LoginEvent;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.auth.AccessAnnotationChecker;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import it.socialies.console.gateway.GatewayAway;
import it.socialies.console.gateway.GatewayClient;
import it.socialies.console.gateway.GatewayProblem;
import it.socialies.console.gateway.OperatorToken;
import it.socialies.console.layout.HomeView;
import it.socialies.console.layout.LanguageSwitch;
import it.socialies.console.session.Operator;
import it.socialies.console.session.OperatorSession;
import org.jspecify.annotations.Nullable;

/** The operator proves name, password and, if there is one, a second factor to the gateway; what it says to a wrong one, or to too many, is shown in the operator's language. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
public final class LoginView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    public static final String ADDRESS_AFTER_EXPIRY = "/login?expired";

    /** What comes behind says why, as a {@link Logout.Reason}. */
    static final String ADDRESS = "/login?";

    private static final String EXPIRED = "expired";

    private final GatewayClient gateway;
    private final LoginForm form = new LoginForm();
    private final Paragraph notice = new Paragraph();
    private final Main main = new Main();

    public LoginView(GatewayClient gateway) {
        this.gateway = gateway;
        addClassName("login");
        notice.addClassName("login-notice");
        notice.getElement().setAttribute("role", "status");
        notice.setVisible(false);
        form.setForgotPasswordButtonVisible(false);
        form.setI18n(words("", ""));
        form.addLoginListener(this::login);
        main.add(
                new H1(getTranslation("layout.product")),
                new Paragraph(getTranslation("login.lead")),
                notice,
                form,
                sandboxHint(),
                new LanguageSwitch());
        add(main);
    }

    private Paragraph sandboxHint() {
        Paragraph hint = new Paragraph(getTranslation("login.sandbox"));
        hint.addClassName("login-hint");
        hint.setVisible(isSandbox());
        return hint;
    }

    private boolean isSandbox() {
        try {
            return gateway.status().isSandbox();
        } catch (GatewayAway e) {
            return false;
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (OperatorSession.operator().isPresent()) {
            event.forwardTo(HomeView.class);
            return;
        }
        var parameters = event.getLocation().getQueryParameters().getParameters();
        if (parameters.containsKey(EXPIRED) || OperatorSession.isExpired()) {
            tell("login.expired");
        }
        for (Logout.Reason reason : Logout.Reason.values()) {
            if (parameters.containsKey(reason.word())) {
                tell("login.notice." + reason.word());
            }
        }
    }

    private void tell(String key) {
        notice.setText(getTranslation(key));
        notice.setVisible(true);
    }

    private void login(LoginEvent attempt) {
        String username = attempt.getUsername();
        String password = attempt.getPassword();
        try {
            enter(username, password, null);
        } catch (GatewayProblem e) {
            if (e.code().equals("second_factor_needed")) {
                askForCode(username, password);
            } else {
                refuse(e);
            }
        } catch (GatewayAway e) {
            form.showErrorMessage(getTranslation("login.away.title"), getTranslation("login.away.message"));
            form.setEnabled(true);
        }
    }

    private void enter(String username, String password, @Nullable String code) {
        OperatorToken token = gateway.token(
                username,
                password,
                code,
                VaadinSession.getCurrent().getBrowser().getAddress());
        Operator operator = Operator.of(username, token, circuitName(token), code != null);
        OperatorSession.begin(operator);
        UI.getCurrent().getPage().setLocation("/" + wanted(operator));
    }

    /** The password is right and waits on the server, with this page, for the code that goes with it. */
    private void askForCode(String username, String password) {
        notice.setVisible(false);
        CodeForm codes = new CodeForm(code -> enter(username, password, code));
        main.replace(form, codes);
        codes.focus();
    }

    private String circuitName(OperatorToken token) {
        return token.circuitId().isEmpty() || token.isLimited()
                ? ""
                : gateway.get("/circuits/" + token.circuitId(), token.accessToken())
                        .path("name")
                        .asString(token.circuitId());
    }

    /** Where the operator was going when asked to log in, if that is a page of this console which this operator may open. */
    private static String wanted(Operator operator) {
        Object stored =
                VaadinSession.getCurrent().getSession().getAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT);
        return stored instanceof String path
                        && RouteConfiguration.forApplicationScope()
                                .getRoute(path)
                                .filter(page -> new AccessAnnotationChecker().hasAccess(page, operator, operator::has))
                                .isPresent()
                ? path
                : "";
    }

    private void refuse(GatewayProblem problem) {
        switch (problem.code()) {
            case "too_many_attempts", "rate_limited" ->
                form.showErrorMessage(getTranslation("login.throttled.title"), RefusalWords.throttled(this, problem));
            case "invalid_credentials", "malformed", "invalid_field" ->
                form.showErrorMessage(getTranslation("login.refused.title"), getTranslation("login.refused.message"));
            default ->
                form.showErrorMessage(getTranslation("login.problem.title"), String.valueOf(problem.getMessage()));
        }
        form.setEnabled(true);
    }

    private LoginI18n words(String errorTitle, String errorMessage) {
        LoginI18n words = LoginI18n.createDefault();
        LoginI18n.Form texts = words.getForm();
        texts.setTitle(getTranslation("login.title"));
        texts.setUsername(getTranslation("login.username"));
        texts.setPassword(getTranslation("login.password"));
        texts.setSubmit(getTranslation("login.submit"));
        words.setForm(texts);
        LoginI18n.ErrorMessage error = words.getErrorMessage();
        error.setTitle(errorTitle);
        error.setMessage(errorMessage);
        error.setUsername(getTranslation("login.username-required"));
        error.setPassword(getTranslation("login.password-required"));
        words.setErrorMessage(error);
        return words;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("login.title") + " · " + getTranslation("layout.product");
    }
}
