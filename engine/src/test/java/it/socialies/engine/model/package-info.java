// SPDX-License-Identifier: EUPL-1.2
/**
 * An independent, naive model of the business rules: plain maps, {@code BigInteger} money, written from {@code ops/docs/commands.md} and the
 * schema, sharing nothing with the core but the protocol. {@link it.socialies.engine.model.AuditedCore} holds the core against it, field by field.
 */
@NullMarked
package it.socialies.engine.model;

import org.jspecify.annotations.NullMarked;
