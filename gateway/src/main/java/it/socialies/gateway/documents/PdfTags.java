// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;

/**
 * The structure of a document for readers aloud (ISO 32000-1, 14.7 and 14.8): one level of elements in the order in which they are drawn, each bound to its marked content. PDFBox has the pieces; the
 * parent tree, which finds the element of a piece of content, is put together here. One thread.
 */
final class PdfTags {
    private final PDStructureTreeRoot root = new PDStructureTreeRoot();
    private final PDStructureElement whole;
    private final COSArray parents = new COSArray();
    private COSArray parentsOfPage = new COSArray();
    private int pages;

    PdfTags(PDDocument document) {
        PDMarkInfo marked = new PDMarkInfo();
        marked.setMarked(true);
        document.getDocumentCatalog().setMarkInfo(marked);
        document.getDocumentCatalog().setStructureTreeRoot(root);
        whole = new PDStructureElement(StandardStructureTypes.DOCUMENT, root);
        root.appendKid(whole);
    }

    void beginPage(PDPage page) {
        page.setStructParents(pages);
        parentsOfPage = new COSArray();
        parents.add(COSInteger.get(pages));
        parents.add(parentsOfPage);
        pages++;
    }

    /**
     * Adds an element for a piece of the page's content and returns the number that marks it there.
     *
     * @param description what a picture shows; empty for text
     */
    int add(PDPage page, String type, String description) {
        PDStructureElement element = new PDStructureElement(type, whole);
        element.setPage(page);
        int id = parentsOfPage.size();
        element.appendKid(id);
        if (!description.isEmpty()) {
            element.setAlternateDescription(description);
        }
        whole.appendKid(element);
        parentsOfPage.add(element);
        return id;
    }

    void finish() {
        COSDictionary tree = new COSDictionary();
        tree.setItem(COSName.NUMS, parents);
        root.getCOSObject().setItem(COSName.PARENT_TREE, tree);
        root.setParentTreeNextKey(pages);
    }
}
