// SPDX-License-Identifier: EUPL-1.2
/** What a Comune and its shops agree: versions of a text, which shop accepted which, and which tills may not be paid at for lack of it. */
@NullMarked
package it.socialies.gateway.agreements;

import org.jspecify.annotations.NullMarked;
