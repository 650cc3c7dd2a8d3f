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
    private static final float LOGO_HEIGHT = 16;
    private static final float LOGO_WIDTH = 45;

    private A4Sheet() {}

    /** Whose paper it is; returns the y below. */
    static float letterhead(PdfCanvas page, Letterhead from) throws IOException {
        page.line(PdfCanvas.Style.HEADING.sized(14), MARGIN, 15, from.municipality());
        page.line(PdfCanvas.Style.SMALL, MARGIN, 22, from.office());
        page.rule(MARGIN, 28, RIGHT, 28, 0.6f, false);
        return 33;
    }

    /** Logos side by side; returns the y below. */
    static float logos(PdfCanvas page, List<Logo> logos, float y) throws IOException {
        float x = MARGIN;
        for (Logo logo : logos) {
            x += page.picture(logo, x, y, LOGO_WIDTH, LOGO_HEIGHT) + 8;
        }
        return logos.isEmpty() ? y : y + LOGO_HEIGHT + 5;
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
