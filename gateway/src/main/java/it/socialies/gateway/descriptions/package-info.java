// SPDX-License-Identifier: EUPL-1.2
/** Names and addresses of circuits, programmes, shops and outlets: what people read, and the core never sees. */
@NullMarked
package it.socialies.gateway.descriptions;

import org.jspecify.annotations.NullMarked;
