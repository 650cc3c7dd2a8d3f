// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.session;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import java.security.Principal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides on each navigation by the annotations of the view ({@code @RolesAllowed}) and the operator of the session. */
public final class ConsoleAccess extends NavigationAccessControl {
    @Override
    protected @Nullable Principal getPrincipal(VaadinRequest request) {
        return OperatorSession.operator().orElse(null);
    }

    @Override
    protected Predicate<String> getRolesChecker(VaadinRequest request) {
        return role -> OperatorSession.operator()
                .filter(operator -> operator.has(role))
                .isPresent();
    }
}
