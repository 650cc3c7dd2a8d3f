// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.view;

import com.vaadin.flow.component.html.Anchor;
import it.socialies.console.text.Ids;

/** Links between the pages, by number. Each opens without loading the console anew. */
public final class Links {
    public static final String PROGRAMMES = "programmes";
    public static final String CARDS = "cards";
    public static final String SHOPS = "shops";
    public static final String PAYMENTS = "payments";
    public static final String PROPOSALS = "proposals";
    /** Below a payment. */
    public static final String TRACE = "trace";

    private Links() {}

    public static Anchor to(String path, String text) {
        Anchor link = new Anchor(path, text);
        link.getElement().setAttribute("router-link", true);
        return link;
    }

    public static String programmePath(long id) {
        return PROGRAMMES + "/" + Ids.PROGRAMME.format(id);
    }

    public static String cardPath(long id) {
        return CARDS + "/" + Ids.CARD.format(id);
    }

    public static String shopPath(long id) {
        return SHOPS + "/" + Ids.MERCHANT.format(id);
    }

    public static String paymentPath(long id) {
        return PAYMENTS + "/" + Ids.PAYMENT.format(id);
    }

    public static String tracePath(long id) {
        return paymentPath(id) + "/" + TRACE;
    }

    public static String proposalPath(long id) {
        return PROPOSALS + "/" + Ids.PROPOSAL.format(id);
    }

    public static Anchor programme(long id, String name) {
        return to(programmePath(id), name);
    }

    public static Anchor card(long id) {
        return to(cardPath(id), Ids.CARD.format(id));
    }

    public static Anchor shop(long id, String name) {
        return to(shopPath(id), name);
    }

    public static Anchor payment(long id) {
        return to(paymentPath(id), Ids.PAYMENT.format(id));
    }

    public static Anchor proposal(long id) {
        return to(proposalPath(id), Ids.PROPOSAL.format(id));
    }
}
