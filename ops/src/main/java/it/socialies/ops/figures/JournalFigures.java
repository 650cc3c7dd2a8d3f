// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.AccountOpenedDecoder;
import it.socialies.engine.protocol.sbe.HoldCapturedDecoder;
import it.socialies.engine.protocol.sbe.HoldPlacedDecoder;
import it.socialies.engine.protocol.sbe.HoldPostedDecoder;
import it.socialies.engine.protocol.sbe.HoldRefundedDecoder;
import it.socialies.engine.protocol.sbe.HoldReleasedDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.TransferPostedDecoder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Sums the movements of one circuit straight from the journal's events, without the core: its own small double entry.
 */
public final class JournalFigures {
    /** The counters of an account while the events pass. */
    private static final class Counters {
        private final AccountKind kind;
        private final long ownerId;
        private final long programmeId;
        private long debitsPending;
        private long debitsPosted;
        private long creditsPending;
        private long creditsPosted;

        private Counters(AccountOpenedDecoder opened) {
            kind = opened.kind();
            ownerId = opened.ownerId();
            programmeId = opened.programmeId();
        }

        private AccountFigures.Account toAccount() {
            return new AccountFigures.Account(
                    kind, ownerId, programmeId, debitsPending, debitsPosted, creditsPending, creditsPosted);
        }
    }

    private final int circuitId;
    private final Map<Long, Counters> accounts = new HashMap<>();
    private final AccountOpenedDecoder opened = new AccountOpenedDecoder();
    private final TransferPostedDecoder transferred = new TransferPostedDecoder();
    private final HoldPlacedDecoder placed = new HoldPlacedDecoder();
    private final HoldPostedDecoder posted = new HoldPostedDecoder();
    private final HoldCapturedDecoder captured = new HoldCapturedDecoder();
    private final HoldReleasedDecoder released = new HoldReleasedDecoder();
    private final HoldRefundedDecoder refunded = new HoldRefundedDecoder();

    public JournalFigures(int circuitId) {
        this.circuitId = circuitId;
    }

    /** Takes one event of any record; those of other circuits pass by. */
    public void onEvent(MessageHeaderDecoder header, DirectBuffer buffer, int offset) {
        switch (header.templateId()) {
            case AccountOpenedDecoder.TEMPLATE_ID -> {
                opened.wrap(buffer, offset, header.blockLength(), header.version());
                if (opened.circuitId() == circuitId) {
                    accounts.put(opened.accountId(), new Counters(opened));
                }
            }
            case TransferPostedDecoder.TEMPLATE_ID -> {
                transferred.wrap(buffer, offset, header.blockLength(), header.version());
                post(transferred.debitAccountId(), transferred.creditAccountId(), transferred.amount());
            }
            case HoldPlacedDecoder.TEMPLATE_ID -> {
                placed.wrap(buffer, offset, header.blockLength(), header.version());
                pend(placed.debitAccountId(), placed.creditAccountId(), placed.amount());
            }
            case HoldPostedDecoder.TEMPLATE_ID -> {
                posted.wrap(buffer, offset, header.blockLength(), header.version());
                post(posted.debitAccountId(), posted.creditAccountId(), posted.amount());
            }
            case HoldCapturedDecoder.TEMPLATE_ID -> {
                captured.wrap(buffer, offset, header.blockLength(), header.version());
                long held = Math.addExact(captured.captured(), captured.released());
                pend(captured.debitAccountId(), captured.creditAccountId(), -held);
                post(captured.debitAccountId(), captured.creditAccountId(), captured.captured());
            }
            case HoldReleasedDecoder.TEMPLATE_ID -> {
                released.wrap(buffer, offset, header.blockLength(), header.version());
                pend(released.debitAccountId(), released.creditAccountId(), -released.amount());
            }
            case HoldRefundedDecoder.TEMPLATE_ID -> {
                refunded.wrap(buffer, offset, header.blockLength(), header.version());
                refund(refunded.debitAccountId(), refunded.creditAccountId(), refunded.amount());
            }
            default -> {
                // Moves no money.
            }
        }
    }

    private void post(long debitId, long creditId, long amount) {
        Counters debit = accounts.get(debitId);
        Counters credit = accounts.get(creditId);
        if (debit != null && credit != null) {
            debit.debitsPosted = Math.addExact(debit.debitsPosted, amount);
            credit.creditsPosted = Math.addExact(credit.creditsPosted, amount);
        }
    }

    private void pend(long debitId, long creditId, long amount) {
        Counters debit = accounts.get(debitId);
        Counters credit = accounts.get(creditId);
        if (debit != null && credit != null) {
            debit.debitsPending = Math.addExact(debit.debitsPending, amount);
            credit.creditsPending = Math.addExact(credit.creditsPending, amount);
        }
    }

    /** A refund names the accounts of its hold; the money goes from the hold's credit side back to its debit side. */
    private void refund(long holdDebitId, long holdCreditId, long amount) {
        post(holdCreditId, holdDebitId, amount);
    }

    public Figures toFigures() {
        Figures.Builder figures = Figures.builder();
        accounts.values().forEach(counters -> AccountFigures.add(figures, counters.toAccount()));
        return figures.build();
    }
}
