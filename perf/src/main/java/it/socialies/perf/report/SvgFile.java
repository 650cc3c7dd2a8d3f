// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** Writes a plot as SVG, its texts as outlines: it looks the same whatever fonts the reader has. */
final class SvgFile {
    /** A hundredth of a pixel is seen by nobody, and half of the file. */
    private static final Pattern TOO_FINE = Pattern.compile("(\\.\\d{2})\\d+");

    private SvgFile() {}

    static void write(Path file, Chart<?, ?> chart) throws IOException {
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
        Files.writeString(
                file, TOO_FINE.matcher(svg.toString(StandardCharsets.UTF_8)).replaceAll("$1"));
    }
}
