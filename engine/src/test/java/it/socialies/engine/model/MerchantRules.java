// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TerminalStatus;

/** Merchants, their outlets and terminals. */
final class MerchantRules {
    private static final int CATEGORY_MAX = 63;

    private final World world;
    private final Access access;

    MerchantRules(World world, Access access) {
        this.world = world;
        this.access = access;
    }

    private void requireDesk(Call call) {
        access.require(call, Access.ADMIN | Access.SOCIAL);
    }

    Effect register(Call call) {
        requireDesk(call);
        int category = call.command().integer("category");
        Refused.when(category > CATEGORY_MAX, ResultCode.INVALID_FIELD);
        return events -> {
            World.Merchant merchant = new World.Merchant(World.nextId(world.merchants), call.circuitId(), category);
            world.merchants.put(merchant.id, merchant);
            events.add(new Message("MerchantRegistered")
                    .with("merchantId", merchant.id)
                    .with("circuitId", merchant.circuitId)
                    .with("category", category));
        };
    }

    Effect setStatus(Call call) {
        requireDesk(call);
        World.Merchant merchant = require(call.number("merchantId"), call.circuitId());
        MerchantStatus wanted = call.command().word("status", MerchantStatus.class);
        requireOpen(merchant);
        Refused.when(merchant.status == wanted, ResultCode.MERCHANT_STATE_CONFLICT);
        return events -> {
            merchant.status = wanted;
            events.add(new Message("MerchantStatusChanged")
                    .with("merchantId", merchant.id)
                    .with("status", wanted));
        };
    }

    Effect openOutlet(Call call) {
        requireDesk(call);
        World.Merchant merchant = require(call.number("merchantId"), call.circuitId());
        requireOpen(merchant);
        return events -> {
            World.Outlet outlet = new World.Outlet(World.nextId(world.outlets), merchant);
            world.outlets.put(outlet.id(), outlet);
            events.add(new Message("OutletOpened").with("outletId", outlet.id()).with("merchantId", merchant.id));
        };
    }

    Effect registerTerminal(Call call) {
        requireDesk(call);
        World.Outlet outlet = world.outlets.get(call.number("outletId"));
        if (outlet == null || outlet.merchant().circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        requireOpen(outlet.merchant());
        return events -> {
            World.Terminal terminal = new World.Terminal(
                    World.nextId(world.terminals), outlet, call.command().digest("enrolmentDigest"));
            world.terminals.put(terminal.id, terminal);
            events.add(new Message("TerminalRegistered")
                    .with("terminalId", terminal.id)
                    .with("outletId", outlet.id())
                    .put("enrolmentDigest", terminal.enrolmentDigest));
        };
    }

    Effect enrolTerminal(Call call) {
        World.Terminal terminal = access.terminal(call);
        if (terminal == null
                || terminal.id != call.number("terminalId")
                || terminal.merchant().status == MerchantStatus.CLOSED) {
            throw new Refused(ResultCode.FORBIDDEN);
        }
        Refused.when(call.frame().isDryRun(), ResultCode.INVALID_FIELD);
        Refused.unless(terminal.status == TerminalStatus.REGISTERED, ResultCode.TERMINAL_STATE_CONFLICT);
        Refused.unless(
                terminal.enrolmentDigest.equals(call.command().digest("enrolmentDigest")),
                ResultCode.ENROLMENT_CODE_WRONG);
        return events -> {
            terminal.status = TerminalStatus.ENROLLED;
            terminal.publicKey = (String) call.command().of("publicKey");
            events.add(new Message("TerminalEnrolled")
                    .with("terminalId", terminal.id)
                    .put("publicKey", terminal.publicKey));
        };
    }

    Effect revokeTerminal(Call call) {
        requireDesk(call);
        World.Terminal terminal = world.terminals.get(call.number("terminalId"));
        if (terminal == null || terminal.circuitId() != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        Refused.when(terminal.status == TerminalStatus.REVOKED, ResultCode.TERMINAL_STATE_CONFLICT);
        return events -> {
            terminal.status = TerminalStatus.REVOKED;
            events.add(new Message("TerminalRevoked").with("terminalId", terminal.id));
        };
    }

    /** Who has left does not come back. */
    private static void requireOpen(World.Merchant merchant) {
        Refused.when(merchant.status == MerchantStatus.CLOSED, ResultCode.MERCHANT_STATE_CONFLICT);
    }

    World.Merchant require(long merchantId, int circuitId) {
        World.Merchant merchant = world.merchants.get(merchantId);
        if (merchant == null || merchant.circuitId != circuitId) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return merchant;
    }
}
