// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/** Prints many documents of one kind in parts of bounded size: what is in memory is one part. Stateless. */
final class PrintRun {
    private PrintRun() {}

    /** Draws one document, or one sheet of them, taking what it needs from the rest. */
    @FunctionalInterface
    interface Drawer<T> {
        void draw(PdfBook book, Iterator<T> rest) throws IOException;
    }

    /**
     * Draws until nothing is left.
     *
     * @param pagesPerPart a part is full with so many pages or more
     * @return how many parts there are; none when there is nothing to draw
     */
    static <T> int write(
            Iterator<T> items, int pagesPerPart, String title, Words words, PartSink sink, Drawer<T> drawer)
            throws IOException {
        int part = 0;
        while (items.hasNext()) {
            part++;
            try (PdfBook book = new PdfBook(title, words);
                    OutputStream output = sink.open(part)) {
                while (items.hasNext() && book.pageCount() < pagesPerPart) {
                    drawer.draw(book, items);
                }
                book.save(output);
            }
        }
        return part;
    }
}
