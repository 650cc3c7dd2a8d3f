// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.chart;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One series of bars, drawn by ECharts in a static custom element ({@code ies-chart.js}): no bundle of our own. Hidden from screen readers; whoever shows one
 * gives the same figures as a table.
 */
@Tag("ies-chart")
public final class BarChart extends Component {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLOUR = "#1f7a4d";
    private static final double CENTS_PER_UNIT = 100.0;

    public BarChart() {
        getElement().setAttribute("aria-hidden", "true");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        event.getUI().getPage().addJsModule("context://ies-chart.js");
    }

    /**
     * Draws amounts.
     *
     * @param labels below the bars
     * @param cents of each bar
     * @param unit shown at the axis
     */
    public void showAmounts(String[] labels, long[] cents, String unit) {
        ObjectNode option = JSON.createObjectNode();
        ArrayNode names = option.putObject("xAxis").put("type", "category").putArray("data");
        for (String label : labels) {
            names.add(label);
        }
        option.putObject("yAxis")
                .put("type", "value")
                .put("name", unit)
                .put("minInterval", 1)
                .putObject("nameTextStyle")
                .put("align", "right");
        ObjectNode series = option.putArray("series").addObject();
        series.put("type", "bar").put("color", COLOUR).put("barMaxWidth", 36);
        ArrayNode values = series.putArray("data");
        for (long each : cents) {
            values.add(each / CENTS_PER_UNIT);
        }
        getElement().setPropertyJson("option", option);
    }
}
