// SPDX-License-Identifier: EUPL-1.2
/** Charts: ECharts in an element of our own, with a table beside it for those who cannot see it. */
@NullMarked
package it.socialies.console.chart;

import org.jspecify.annotations.NullMarked;
