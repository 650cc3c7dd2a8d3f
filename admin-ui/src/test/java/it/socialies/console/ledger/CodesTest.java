// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.console.cards.CardStatus;
import it.socialies.console.payments.Outcome;
import it.socialies.console.payments.PaymentState;
import it.socialies.console.programmes.ProgrammeStatus;
import it.socialies.console.proposals.ProposalKind;
import it.socialies.console.proposals.ProposalState;
import it.socialies.console.proposals.Refusal;
import it.socialies.console.shops.ShopStatus;
import it.socialies.console.shops.TerminalStatus;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console reads numbers and does not know the engine: its words must be those that the engine wrote. */
class CodesTest {
    private static final String PROTOCOL = "it.socialies.engine.protocol.sbe.";

    @ParameterizedTest
    @ValueSource(
            classes = {
                AccountKind.class,
                HoldState.class,
                PrincipalKind.class,
                CardStatus.class,
                PaymentState.class,
                ProgrammeStatus.class,
                ProposalKind.class,
                ProposalState.class,
                TerminalStatus.class
            })
    void shouldKnowEachWordOfTheProtocol(Class<? extends Coded> type) throws ClassNotFoundException {
        assertThat(numbers(type)).isEqualTo(protocol(Class.forName(PROTOCOL + type.getSimpleName())));
    }

    @Test
    void shouldKnowEachWordThatHasAnotherNameInTheProtocol() {
        assertThat(numbers(ShopStatus.class)).isEqualTo(protocol(MerchantStatus.class));
        assertThat(numbers(MoneyUnit.class)).isEqualTo(protocol(UnitCode.class));
    }

    /** Movements that are no transfers have 0 there. */
    @Test
    void shouldKnowEachReasonOfATransferAndNone() {
        assertThat(numbers(TransferReason.class))
                .containsAllEntriesOf(protocol(it.socialies.engine.protocol.sbe.TransferReason.class))
                .containsEntry("NONE", 0);
    }

    @ParameterizedTest
    @ValueSource(classes = {Outcome.class, Refusal.class})
    void shouldGiveResultsTheNumbersOfTheProtocol(Class<? extends Coded> type) {
        assertThat(protocol(ResultCode.class)).containsAllEntriesOf(numbers(type));
    }

    private static Map<String, Integer> numbers(Class<? extends Coded> type) {
        return Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(Coded::name, Coded::code));
    }

    /** Names and numbers of an enumeration that was generated from the schema, without its absent value. */
    private static Map<String, Integer> protocol(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> (Enum<?>) constant)
                .filter(constant -> !constant.name().equals("NULL_VAL"))
                .collect(Collectors.toMap(Enum::name, CodesTest::number));
    }

    private static int number(Enum<?> constant) {
        try {
            return ((Number) constant.getDeclaringClass().getMethod("value").invoke(constant)).intValue();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(constant.getDeclaringClass().getName(), e);
        }
    }
}
