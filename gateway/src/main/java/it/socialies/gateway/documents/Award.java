// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.time.LocalDate;
import java.util.List;

/**
 * What was awarded, under which act, and how it may be spent.
 *
 * @param programme its official name
 * @param act reference of the act that awards it
 * @param validUntil the last day
 * @param goods what it buys, one kind a line
 * @param shops where, one a line, or where the list of them is published
 * @param funders their logos, in the order that the funder's rules of communication ask for
 */
public record Award(
        String programme,
        String act,
        long amountCents,
        LocalDate validFrom,
        LocalDate validUntil,
        List<String> goods,
        List<String> shops,
        List<Logo> funders) {
    public Award {
        goods = List.copyOf(goods);
        shops = List.copyOf(shops);
        funders = List.copyOf(funders);
    }
}
