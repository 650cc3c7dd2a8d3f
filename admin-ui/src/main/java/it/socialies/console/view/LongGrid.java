// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.view;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.data.provider.CallbackDataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.shared.Registration;
import it.socialies.console.lists.KeysetPages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A long list that is read as it is scrolled. On a narrow screen its columns give way to one, in which each row is a small card.
 *
 * @param <T> a row
 */
public final class LongGrid<T> extends Grid<T> {
    private static final int PAGE = 50;

    /** A list of so many rows is shown whole instead of scrolling inside the page. */
    private static final int WHOLE_MAX = 25;

    /** Below this, columns would be cut; CSS pixels. */
    private static final int NARROW_PX = 760;

    /** How the list goes on when its length is not known. */
    private static final int GROWTH = 10_000;

    /** Room for a million with its cents. */
    private static final String AMOUNT_WIDTH = "8rem";

    private static final String LINK =
            "${item.path ? html`<a href=\"${item.path}\" router-link>${item.text}</a>` : item.text}";
    private static final String BADGE =
            "<span class=\"${item.style}\">${item.text}</span> <span class=\"note\">${item.note}</span>";

    private final List<Column<T>> wide = new ArrayList<>();
    private @Nullable Column<T> narrow;
    private @Nullable Registration resizing;

    /** @param label tells what it lists; read aloud */
    public LongGrid(String label) {
        setSelectionMode(SelectionMode.NONE);
        addThemeVariants(GridVariant.WRAP_CELL_CONTENT, GridVariant.ROW_STRIPES, GridVariant.NO_BORDER);
        addClassName("long");
        setPageSize(PAGE);
        // The element itself has no role; this names the table inside of it.
        getElement().setProperty("accessibleName", label);
    }

    /** A column of links; a text without a path is no link. */
    public Column<T> link(String header, Function<T, String> text, Function<T, String> path) {
        return keep(addColumn(LitRenderer.<T>of(LINK)
                        .withProperty("text", text::apply)
                        .withProperty("path", path::apply))
                .setHeader(header));
    }

    public Column<T> text(String header, Function<T, String> text) {
        return keep(addColumn(text::apply).setHeader(header));
    }

    /** A column of amounts, aligned at their ends. */
    public Column<T> amount(String header, Function<T, String> text) {
        return text(header, text)
                .setTextAlign(ColumnTextAlign.END)
                .setPartNameGenerator(row -> "amount")
                .setWidth(AMOUNT_WIDTH)
                .setFlexGrow(0);
    }

    /** A column of states with a note beside. */
    public Column<T> badge(
            String header, Function<T, String> text, Function<T, Badge.Tone> tone, Function<T, String> note) {
        return keep(addColumn(LitRenderer.<T>of(BADGE)
                        .withProperty("text", text::apply)
                        .withProperty("style", row -> tone.apply(row).className())
                        .withProperty("note", note::apply))
                .setHeader(header));
    }

    private Column<T> keep(Column<T> column) {
        wide.add(column.setResizable(true));
        return column;
    }

    /** How a row looks on a narrow screen. */
    public void narrow(String header, LitRenderer<T> card) {
        narrow = addColumn(card).setHeader(header);
        narrow.setVisible(false);
    }

    /**
     * Fills it.
     *
     * @param key tells rows apart
     * @param count how many there are; below 0 = too many to count
     */
    public void show(KeysetPages<T> pages, Function<T, Object> key, int count) {
        setAllRowsVisible(count >= 0 && count <= WHOLE_MAX);
        if (count >= 0) {
            setItems(new CallbackDataProvider<T, Void>(
                    query -> pages.page(query.getOffset(), query.getLimit()).stream(), query -> count, key::apply));
        } else {
            var view = setItems(query -> pages.page(query.getOffset(), query.getLimit()).stream());
            view.setIdentifierProvider(key::apply);
            view.setItemCountEstimate(GROWTH);
            view.setItemCountEstimateIncrease(GROWTH);
        }
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        super.onAttach(attached);
        Page page = attached.getUI().getPage();
        fit(isNarrow(attached.getUI()));
        resizing = page.addBrowserWindowResizeListener(resized -> fit(isNarrow(resized.getWidth())));
    }

    @Override
    protected void onDetach(DetachEvent detached) {
        if (resizing != null) {
            resizing.remove();
        }
        super.onDetach(detached);
    }

    /** Whether a browser's window has no room for columns. */
    public static boolean isNarrow(UI ui) {
        return isNarrow(ui.getPage().getExtendedClientDetails().getWindowInnerWidth());
    }

    /** A width of 0 is one that is not known. */
    private static boolean isNarrow(int widthPx) {
        return widthPx > 0 && widthPx < NARROW_PX;
    }

    private void fit(boolean isNarrow) {
        if (narrow != null) {
            narrow.setVisible(isNarrow);
            wide.forEach(column -> column.setVisible(!isNarrow));
        }
    }
}
