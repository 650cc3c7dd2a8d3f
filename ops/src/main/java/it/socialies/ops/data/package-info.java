// SPDX-License-Identifier: EUPL-1.2
/** What lies in the data folder, and who may use it. */
@NullMarked
package it.socialies.ops.data;

import org.jspecify.annotations.NullMarked;
