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

/** The operator proves name and password to the gateway; what it says to a wrong one, or to too many, is shown in the operator's language. */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
public final class LoginView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    public static final String ADDRESS_AFTER_EXPIRY = "/login?expired";
    public static final String ADDRESS_AFTER_LOGOUT = "/login?out";

    private static final String EXPIRED = "expired";
    private static final String OUT = "out";

    private final GatewayClient gateway;
    private final LoginForm form = new LoginForm();
    private final Paragraph notice = new Paragraph();

    public LoginView(GatewayClient gateway) {
        this.gateway = gateway;
        addClassName("login");
        notice.addClassName("login-notice");
        notice.getElement().setAttribute("role", "status");
        notice.setVisible(false);
        form.setForgotPasswordButtonVisible(false);
        form.setI18n(words("", ""));
        form.addLoginListener(this::login);
        Main main = new Main(
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
        } else if (parameters.containsKey(OUT)) {
            tell("login.out");
        }
    }

    private void tell(String key) {
        notice.setText(getTranslation(key));
        notice.setVisible(true);
    }

    private void login(LoginEvent attempt) {
        try {
            OperatorToken token = gateway.token(
                    attempt.getUsername(),
                    attempt.getPassword(),
                    VaadinSession.getCurrent().getBrowser().getAddress());
            Operator operator = Operator.of(attempt.getUsername(), token, circuitName(token));
            OperatorSession.begin(operator);
            UI.getCurrent().getPage().setLocation("/" + wanted(operator));
        } catch (GatewayProblem e) {
            refuse(e);
        } catch (GatewayAway e) {
            form.showErrorMessage(getTranslation("login.away.title"), getTranslation("login.away.message"));
            form.setEnabled(true);
        }
    }

    private String circuitName(OperatorToken token) {
        return token.circuitId().isEmpty()
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
                form.showErrorMessage(
                        getTranslation("login.throttled.title"),
                        getTranslation("login.throttled.message", Math.ceilDiv(problem.retryAfterS(), 60L)));
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
