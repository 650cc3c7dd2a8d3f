// SPDX-License-Identifier: EUPL-1.2
/** Acts of the municipality: what the references that the core carries stand for. */
@NullMarked
package it.socialies.gateway.acts;

import org.jspecify.annotations.NullMarked;
