// SPDX-License-Identifier: EUPL-1.2
/**
 * The people vault: names, tax codes, households and outcomes of the persons behind the core's numbers, one record a person and controller. Each is encrypted under a key of its
 * own, which lies in another database; erasing the key erases the person. Names are read within a case, and every read is logged. {@code ops/docs/people.md}.
 */
@NullMarked
package it.socialies.gateway.people;

import org.jspecify.annotations.NullMarked;
