// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Future;
import java.util.List;

/** Finds what a kind of report tells. Threading: any event loop. */
interface Contents {
    /** The tables, in the words of the reader; whatever comes from the office is counted among the facts. */
    Future<List<Table>> tables(Scope scope, OfficeFacts facts, ReportWords words);
}
