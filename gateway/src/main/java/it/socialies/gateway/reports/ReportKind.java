// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

/** What a report tells, and what has to be said to ask for it. */
enum ReportKind {
    /** One programme to who funds it. */
    REGION(true, Span.ANY),
    /** Awards above the threshold of a year, under codes. */
    PUBLICATION(false, Span.YEAR),
    /** What was not spent, by age and by days left. */
    UNSPENT(false, Span.NONE),
    /** By trade of the shop and week. */
    SPEND(false, Span.ANY),
    /** How long people wait until they spend for the first time. */
    FIRST_SPEND(true, Span.NONE);

    /** Which period it is about. */
    enum Span {
        NONE,
        YEAR,
        ANY
    }

    private final boolean needsProgramme;
    private final Span span;

    ReportKind(boolean needsProgramme, Span span) {
        this.needsProgramme = needsProgramme;
        this.span = span;
    }

    boolean needsProgramme() {
        return needsProgramme;
    }

    Span span() {
        return span;
    }
}
