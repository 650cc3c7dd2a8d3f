// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.ResultCode;

/** How full each table is, and how full it may be. */
final class Room {
    private final World world;
    private final KeyRules keys;
    private final CoreLimits bounds;

    Room(World world, KeyRules keys, CoreLimits bounds) {
        this.world = world;
        this.keys = keys;
        this.bounds = bounds;
    }

    long rows(CoreTable table) {
        return switch (table) {
            case ACCOUNTS -> world.books.accounts.size();
            case WALLETS -> world.wallets.size();
            case CARDS -> world.cards.size();
            case POCKETS -> world.pocketsOpened;
            case HOLDS -> world.holdsPresent;
            case PAYMENTS -> world.payments.size();
            case PROPOSALS -> world.proposals.size();
            case PROGRAMMES -> world.programmes.size();
            case MERCHANTS -> world.merchants.size();
            case OUTLETS -> world.outlets.size();
            case TERMINALS -> world.terminals.size();
            case OPERATORS -> world.operators.size();
            case CIRCUITS -> world.circuits.size();
            case KEYS -> keys.count();
            case NULL_VAL -> throw new IllegalArgumentException("no table");
        };
    }

    long rowsMax(CoreTable table) {
        return switch (table) {
            case ACCOUNTS -> bounds.accounts();
            case WALLETS -> bounds.wallets();
            case CARDS -> bounds.cards();
            case POCKETS -> bounds.pockets();
            case HOLDS -> bounds.holds();
            case PAYMENTS -> bounds.payments();
            case PROPOSALS -> bounds.proposals();
            case PROGRAMMES -> bounds.programmes();
            case MERCHANTS -> bounds.merchants();
            case OUTLETS -> bounds.outlets();
            case TERMINALS -> bounds.terminals();
            case OPERATORS -> bounds.operators();
            case CIRCUITS -> bounds.circuits();
            case KEYS -> bounds.keys();
            case NULL_VAL -> throw new IllegalArgumentException("no table");
        };
    }

    void require(CoreTable table, int more) {
        Refused.when(rows(table) + more > rowsMax(table), ResultCode.LIMIT_REACHED);
    }

    /** As many versions of rules beyond the first ones as holds. */
    void requireRules(int more) {
        Refused.when(world.rulesDrafted + more > bounds.holds(), ResultCode.LIMIT_REACHED);
    }

    /** As many emergency awards as proposals, unless the oldest makes room. */
    void requireAward(boolean mayOldestLeave) {
        Refused.when(world.awards.size() >= bounds.proposals() && !mayOldestLeave, ResultCode.LIMIT_REACHED);
    }

    /** As many settlements as proposals, as many lines, as many disputes. */
    void requireAsProposals(int present, int more) {
        Refused.when(present + more > bounds.proposals(), ResultCode.LIMIT_REACHED);
    }

    void requirePockets(int more) {
        require(CoreTable.POCKETS, more);
    }

    void requireAccounts(int more) {
        require(CoreTable.ACCOUNTS, more);
    }
}
