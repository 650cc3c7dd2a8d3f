// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import java.util.List;

/**
 * A report before it is written.
 *
 * @param municipality whose it is
 * @param head what it is about and as of when, line by line: a label and what it says
 * @param atMs what counts as its time of creation
 */
record Report(
        String municipality,
        String title,
        List<List<String>> head,
        List<Table> tables,
        List<String> remarks,
        long atMs,
        ReportWords words) {
    Report {
        head = List.copyOf(head);
        tables = List.copyOf(tables);
        remarks = List.copyOf(remarks);
    }
}
