// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.util.List;

/** The common frame of letters, receipts and lists. Stateless. */
final class A4Sheet {
    static final float MARGIN = 20;
    static final float RIGHT = Millimetres.A4_WIDTH - MARGIN;
    static final float WIDTH = RIGHT - MARGIN;
    static final float BOTTOM = 275;
    private static final float ADDRESS_X = 110;
    private static final float LOGO_HEIGHT = 16;
    private static final float LOGO_WIDTH = 45;
    private static final float LOGO_GAP = 6;

    private A4Sheet() {}

    /** Whose paper it is; returns the y below. */
    static float letterhead(PdfCanvas page, Letterhead from) throws IOException {
        page.line(PdfCanvas.Style.HEADING.sized(14), MARGIN, 15, from.municipality());
        page.line(PdfCanvas.Style.SMALL, MARGIN, 22, from.office());
        page.rule(MARGIN, 28, RIGHT, 28, 0.6f, false);
        return 33;
    }

    /** Logos side by side, smaller where there are many; returns the y below. */
    static float logos(PdfCanvas page, List<Logo> logos, float y) throws IOException {
        float x = MARGIN;
        float width = Math.min(LOGO_WIDTH, (WIDTH - LOGO_GAP * (logos.size() - 1)) / Math.max(1, logos.size()));
        for (Logo logo : logos) {
            x += page.picture(logo, x, y, width, LOGO_HEIGHT) + LOGO_GAP;
        }
        return logos.isEmpty() ? y : y + LOGO_HEIGHT + 5;
    }

    /** Name and address in the right half; returns the y of the last line. */
    static float address(PdfCanvas page, Recipient to, float y) throws IOException {
        page.lineWithin(PdfCanvas.Style.STRONG, ADDRESS_X, y, RIGHT - ADDRESS_X, to.name());
        float next = y;
        for (String line : to.addressLines()) {
            next += PdfCanvas.Style.TEXT.lineMm();
            page.lineWithin(PdfCanvas.Style.TEXT, ADDRESS_X, next, RIGHT - ADDRESS_X, line);
        }
        return next;
    }

    /** A label and what it says, on one line of the form; returns the y below. */
    static float entry(PdfCanvas page, float y, String label, String value) throws IOException {
        page.line(PdfCanvas.Style.SMALL, MARGIN, y + 0.7f, label);
        return page.paragraph(PdfCanvas.Style.STRONG, MARGIN + 45, y, WIDTH - 45, value) + 1.5f;
    }

    /** A line to sign on. */
    static void signature(PdfCanvas page, float x, float y, String label) throws IOException {
        page.rule(x, y, x + 70, y, 0.4f, false);
        page.line(PdfCanvas.Style.SMALL, x, y + 1.5f, label);
    }
}
