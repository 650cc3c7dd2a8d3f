// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the file of a report: the same scope, journal and office give the same bytes. Threading: any event loop; written on the worker. */
final class ReportMaker {
    private final OfficeDatabase office;
    private final BoundedWorker worker;
    private final Map<ReportKind, Contents> contents;

    ReportMaker(OfficeDatabase office, Projection projection, PublicationCode codes, BoundedWorker worker) {
        this.office = office;
        this.worker = worker;
        contents = Map.of(
                ReportKind.REGION, new RegionContents(projection),
                ReportKind.PUBLICATION, new PublicationContents(projection, codes),
                ReportKind.UNSPENT, new UnspentContents(projection),
                ReportKind.SPEND, new SpendContents(projection),
                ReportKind.FIRST_SPEND, new FirstSpendContents(projection));
    }

    /** A file, and the digest of what it took from the office. */
    record Made(Buffer file, Buffer digest, Buffer facts) {}

    Future<Made> make(Scope scope, ReportFormat format) {
        ReportWords words = new ReportWords(scope.locale());
        OfficeFacts facts = new OfficeFacts(office, scope.circuitId());
        return Objects.requireNonNull(contents.get(scope.kind()))
                .tables(scope, facts, words)
                .compose(tables -> report(scope, facts, words, tables))
                .compose(report -> worker.run(() -> {
                    byte[] file = written(report, format);
                    return new Made(
                            Buffer.buffer(file),
                            Buffer.buffer(OfficeFacts.sha256().digest(file)),
                            Buffer.buffer(facts.digest()));
                }));
    }

    private static Future<Report> report(Scope scope, OfficeFacts facts, ReportWords words, List<Table> tables) {
        List<Long> programmes = scope.programmeId() == 0 ? List.of() : List.of(scope.programmeId());
        return facts.descriptions(Ids.CIRCUIT.name(), List.of((long) scope.circuitId()))
                .compose(circuits -> facts.descriptions(Ids.PROGRAMME.name(), programmes)
                        .map(named -> new Report(
                                UnspentContents.name(circuits, scope.circuitId()),
                                words.get("title." + scope.kind()),
                                head(scope, words, UnspentContents.name(named, scope.programmeId()), facts.digest()),
                                tables,
                                remarks(scope, words),
                                scope.atMs(),
                                words)));
    }

    private static List<List<String>> head(Scope scope, ReportWords words, String programme, byte[] facts) {
        List<List<String>> head = new ArrayList<>();
        head.add(List.of(
                words.get("programme"),
                scope.programmeId() == 0
                        ? words.get("programme.all")
                        : programme + " (" + Ids.PROGRAMME.format(scope.programmeId()) + ')'));
        Period period = scope.period();
        if (period != null) {
            head.add(List.of(
                    words.get("period"), words.get("period.days", words.day(period.from()), words.day(period.last()))));
        }
        head.add(List.of(
                words.get("as_of"),
                words.get("as_of.record", Long.toString(scope.sequence()), words.moment(scope.atMs()))));
        head.add(List.of(words.get("office_digest"), HexFormat.of().formatHex(facts)));
        return head;
    }

    private static List<String> remarks(Scope scope, ReportWords words) {
        List<String> remarks = new ArrayList<>();
        remarks.add(words.get("remark." + scope.kind(), scope.atLeast()));
        remarks.add(words.get("remark.amounts"));
        return remarks;
    }

    private static byte[] written(Report report, ReportFormat format) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        switch (format) {
            case CSV -> CsvReport.write(report, output);
            case XLSX -> XlsxReport.write(report, output);
            case PDF -> PdfReport.write(report, output);
        }
        return output.toByteArray();
    }
}
