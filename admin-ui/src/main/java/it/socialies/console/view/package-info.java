// SPDX-License-Identifier: EUPL-1.2
/** What the pages about rows are made of: headings, links, words for numbers, tables, long lists. */
@NullMarked
package it.socialies.console.view;

import org.jspecify.annotations.NullMarked;
