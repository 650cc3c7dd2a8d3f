// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.api.ProblemException.FieldError;
import java.util.List;
import java.util.Locale;
import org.iban4j.IbanUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which accounts money can be sent to, and what is wrong with the others. */
class BankAccountTest {
    private static final String ITALIAN = "IT60X0542811101000000123456";
    private static final int BBAN_AT = 4;
    private static final int ABI_AT = 5;

    private static JsonObject request(String iban) {
        return new JsonObject().put("iban", iban).put("account_holder", " Panificio Prova ");
    }

    private static List<FieldError> faults(JsonObject request) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> BankAccount.of(request));
        assertThat(problem).as(request.encode()).isNotNull();
        assertThat(problem.code()).isEqualTo("invalid_field");
        return problem.errors();
    }

    /** With the check digits that it then has to have. */
    private static String checked(String bban) {
        return "IT" + IbanUtil.calculateCheckDigit("IT00" + bban) + bban;
    }

    /** Examples of the SWIFT IBAN registry. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ITALIAN,
                "it60 x054 2811 1010 0000 0123 456",
                "SM86U0322509800000000270100",
                "DE89370400440532013000",
                "FR1420041010050500013M02606",
                "NO9386011117947",
                "MT84MALT011000012345MTLCAST001S",
                "VA59001123000012345678"
            })
    void shouldTakeAnIbanOfTheSepaAreaHoweverItIsTyped(final String typed) {
        BankAccount account = BankAccount.of(request(typed));

        String iban = typed.replace(" ", "").toUpperCase(Locale.ROOT);
        assertThat(account.iban()).isEqualTo(iban);
        assertThat(iban).endsWith(account.ending());
        assertThat(account.ending()).hasSize(4);
        assertThat(account.holder()).isEqualTo("Panificio Prova");
        assertThat(BankAccount.of(account.bytes())).isEqualTo(account);
        assertThat(account.toString()).doesNotContain(iban, account.ending(), "Panificio");
    }

    @ParameterizedTest
    @CsvSource({
        "IT61X0542811101000000123456, check_digits",
        "ITX0X0542811101000000123456, check_digits",
        "IT60X05428111010000001234, length",
        "IT60X05428111010000001234567, length",
        "'   ', length",
        "IT60X054281110100000012345O, check_digits",
        "IT60XO542811101000000123456, characters",
        "IT6010542811101000000123456, characters",
        "US60X0542811101000000123456, country",
        "TR330006100519786457841326, country",
        "SA0380000000608010167519, country",
        "60X0542811101000000123456IT, country"
    })
    void shouldSayWhatIsWrong(final String iban, final String code) {
        assertThat(faults(request(iban))).containsExactly(new FieldError("/iban", code, null));
    }

    /** The check digits of such an IBAN are right: only the control letter tells. */
    @Test
    void shouldFindAnyWrongDigitOfAnItalianAccountByItsControlLetter() {
        String bban = ITALIAN.substring(BBAN_AT);
        assertThat(checked(bban)).isEqualTo(ITALIAN);
        int tried = 0;
        for (int place = ABI_AT - BBAN_AT; place < bban.length(); place++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                if (bban.charAt(place) != digit) {
                    String iban = checked(bban.substring(0, place) + digit + bban.substring(place + 1));
                    assertThat(faults(request(iban))).as(iban).containsExactly(new FieldError("/iban", "cin", null));
                    tried++;
                }
            }
        }
        assertThat(tried).isEqualTo(22 * 9);
    }

    /** Account numbers have letters too. */
    @Test
    void shouldReadLettersOfAnAccountAsTheControlLetterDoes() {
        int accepted = 0;
        for (char cin = 'A'; cin <= 'Z'; cin++) {
            String iban = checked(cin + "0542811101" + "CC0001234567");
            if (cin == 'Q') {
                assertThat(BankAccount.of(request(iban)).iban()).isEqualTo(iban);
                accepted++;
            } else {
                assertThat(faults(request(iban))).containsExactly(new FieldError("/iban", "cin", null));
            }
        }
        assertThat(accepted).isOne();
    }

    @Test
    void shouldSayAllThatIsWrongAtOnce() {
        assertThat(BankAccount.of(request(ITALIAN).put("bic", "BPMOIT22XXX")).bic())
                .isEqualTo("BPMOIT22XXX");
        for (String bic : new String[] {"12345678", "BPMOXX22", "BPMOIT22XX"}) {
            assertThat(faults(request(ITALIAN).put("bic", bic)))
                    .as(bic)
                    .containsExactly(new FieldError("/bic", "bic", null));
        }
        assertThat(faults(request("IT61X0542811101000000123456").put("bic", "12345678")))
                .containsExactly(new FieldError("/iban", "check_digits", null), new FieldError("/bic", "bic", null));
    }
}
