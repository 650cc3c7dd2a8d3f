// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import it.socialies.gateway.bankfiles.CashJournal;
import it.socialies.gateway.bankfiles.FileFault;
import it.socialies.gateway.bankfiles.MandateFile;
import it.socialies.gateway.bankfiles.StatementFile;
import it.socialies.gateway.settlement.orders.Mandate;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What files that tell outcomes look like. */
enum FileFormat {
    /** camt.053, of a bank account. */
    STATEMENT {
        @Override
        List<Entry> read(InputStream file) throws FileFault {
            List<Entry> entries = new ArrayList<>();
            for (var each : StatementFile.read(file)) {
                entries.add(new Entry(
                        entries.size() + 1,
                        each.reference(),
                        null,
                        each.isPaid(),
                        each.cents(),
                        each.date(),
                        each.reason()));
            }
            return entries;
        }
    },
    /** Giornale di cassa, of the treasurer's bank. */
    CASH_JOURNAL {
        @Override
        List<Entry> read(InputStream file) throws FileFault {
            List<Entry> entries = new ArrayList<>();
            for (var each : CashJournal.read(file)) {
                Mandate mandate = new Mandate(each.year(), each.mandate(), each.beneficiary());
                entries.add(
                        new Entry(entries.size() + 1, null, mandate, each.isPaid(), each.cents(), each.date(), null));
            }
            return entries;
        }
    },
    /** CSV of the accounting software. */
    MANDATES {
        @Override
        List<Entry> read(InputStream file) throws FileFault {
            List<Entry> entries = new ArrayList<>();
            for (var each : MandateFile.read(file)) {
                Mandate mandate = new Mandate(each.year(), each.mandate(), each.beneficiary());
                entries.add(new Entry(
                        entries.size() + 1,
                        each.reference(),
                        mandate,
                        each.isPaid(),
                        each.cents(),
                        each.date(),
                        each.reason()));
            }
            return entries;
        }
    };

    /** All entries of a file; the first fault refuses it whole. */
    abstract List<Entry> read(InputStream file) throws FileFault;

    /** As requests and answers name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
