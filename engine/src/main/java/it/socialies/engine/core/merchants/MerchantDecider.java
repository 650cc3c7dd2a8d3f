// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.merchants;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.MerchantRegisteredEncoder;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.MerchantStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.OpenOutletDecoder;
import it.socialies.engine.protocol.sbe.OutletOpenedEncoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.SetMerchantStatusDecoder;

/** Decides RegisterMerchant, SetMerchantStatus and OpenOutlet. */
public final class MerchantDecider {
    private static final int MAY = Roles.ADMIN | Roles.SOCIAL;

    private final RegisterMerchantDecoder registerMerchant = new RegisterMerchantDecoder();
    private final SetMerchantStatusDecoder setMerchantStatus = new SetMerchantStatusDecoder();
    private final OpenOutletDecoder openOutlet = new OpenOutletDecoder();
    private final MerchantRegisteredEncoder merchantRegistered = new MerchantRegisteredEncoder();
    private final MerchantStatusChangedEncoder merchantStatusChanged = new MerchantStatusChangedEncoder();
    private final OutletOpenedEncoder outletOpened = new OutletOpenedEncoder();
    private final EventWriter events;
    private final Merchants merchants;
    private final Terminals terminals;
    private final Access access;

    /** Decides on these tables. */
    public MerchantDecider(
            final EventWriter events, final Merchants merchants, final Terminals terminals, final Access access) {
        this.events = events;
        this.merchants = merchants;
        this.terminals = terminals;
        this.access = access;
    }

    /** A merchant joins the circuit. */
    public ResultCode register(final CommandContext command) {
        if (merchants.isFull()) {
            return ResultCode.LIMIT_REACHED;
        }
        final ResultCode may = access.operator(command, MAY);
        if (may != ResultCode.OK) {
            return may;
        }
        final short category = command.read(registerMerchant).category();
        if (category >= Merchants.CATEGORIES) {
            return ResultCode.INVALID_FIELD;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(merchantRegistered)
                .merchantId(merchants.nextId())
                .circuitId(command.circuitId())
                .category(category);
        events.end();
        return ResultCode.OK;
    }

    /** A merchant is suspended, comes back, or leaves for ever. */
    public ResultCode setStatus(final CommandContext command) {
        final ResultCode may = access.operator(command, MAY);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(setMerchantStatus);
        final long id = setMerchantStatus.merchantId();
        final MerchantStatus status = setMerchantStatus.status();
        if (!merchants.exists(id, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (merchants.isClosed(id) || merchants.status(id) == status) {
            return ResultCode.MERCHANT_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(merchantStatusChanged).merchantId(id).status(status);
        events.end();
        return ResultCode.OK;
    }

    /** A merchant opens an outlet. */
    public ResultCode openOutlet(final CommandContext command) {
        if (terminals.isFullOfOutlets()) {
            return ResultCode.LIMIT_REACHED;
        }
        final ResultCode may = access.operator(command, MAY);
        if (may != ResultCode.OK) {
            return may;
        }
        final long merchantId = command.read(openOutlet).merchantId();
        if (!merchants.exists(merchantId, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (merchants.isClosed(merchantId)) {
            return ResultCode.MERCHANT_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(outletOpened).outletId(terminals.nextOutletId()).merchantId(merchantId);
        events.end();
        return ResultCode.OK;
    }
}
