// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

import it.socialies.engine.protocol.sbe.AccountKind;

/** Turns accounts with their four counters into figures. Contra accounts (FUNDING, RESERVE_BANK, ISSUANCE, RECEIVABLE) have a debit balance. */
final class AccountFigures {
    /** One account as a witness knows it. */
    record Account(
            AccountKind kind,
            long ownerId,
            long programmeId,
            long debitsPending,
            long debitsPosted,
            long creditsPending,
            long creditsPosted) {
        long available() {
            return switch (kind) {
                case FUNDING, RESERVE_BANK, ISSUANCE, RECEIVABLE -> debitsPosted - creditsPosted - creditsPending;
                default -> creditsPosted - debitsPosted - debitsPending;
            };
        }
    }

    private AccountFigures() {}

    static void add(Figures.Builder figures, Account account) {
        String programme = ExternalIds.programme(account.programmeId);
        String shop = "shop/" + ExternalIds.merchant(account.ownerId) + "/";
        long available = account.available();
        switch (account.kind) {
            case FUNDING -> figures.add("programme/" + programme + "/funded", available);
            case FUND -> figures.add("programme/" + programme + "/available", available);
            case POCKET -> {
                figures.add("programme/" + programme + "/in_pockets", available);
                figures.add("programme/" + programme + "/held", account.debitsPending);
                figures.add("wallet/" + ExternalIds.wallet(account.ownerId) + "/" + programme, available);
            }
            case PAYABLE -> {
                if (account.programmeId == 0) {
                    figures.add(shop + "IES", available);
                } else {
                    figures.add("programme/" + programme + "/owed", available);
                    figures.add(shop + programme, available);
                    figures.add(shop + "EUR", available);
                }
            }
            case SETTLING -> {
                figures.add("programme/" + programme + "/settling", available);
                figures.add(shop + programme, available);
                figures.add(shop + "EUR", available);
            }
            case PAID_OUT -> figures.add("programme/" + programme + "/paid_out", available);
            case RECEIVABLE -> figures.add("programme/" + programme + "/receivable", available);
            case IES_WALLET -> figures.add("wallet/" + ExternalIds.wallet(account.ownerId) + "/IES", available);
            case RESERVE -> figures.add("circuit/reserve", available);
            case ISSUANCE -> figures.add("circuit/outstanding", available);
            case FEES -> figures.add("circuit/fees", available);
            case RESERVE_BANK, NULL_VAL -> {
                // The bank's side of the reserve: the same money seen from outside.
            }
        }
    }
}
