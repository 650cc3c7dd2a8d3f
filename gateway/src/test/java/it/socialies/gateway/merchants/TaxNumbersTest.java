// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.api.ProblemException.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that the tax authority knows a shop by. */
class TaxNumbersTest {
    private static List<FieldError> faults(JsonObject body) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> TaxNumbers.checked(body));
        assertThat(problem).as(body.encode()).isNotNull();
        assertThat(problem.code()).isEqualTo("invalid_field");
        return problem.errors();
    }

    /** Published by who has them: a bank, the post, the tax authority, the State's broadcaster; and one made up. */
    @ParameterizedTest
    @ValueSource(strings = {"00348170101", "01114601006", "06363391001", "06382641006", "01234567897"})
    void shouldKnowANumberByItsCheckDigit(final String number) {
        assertThat(TaxNumbers.isNumber(number)).isTrue();
        for (int place = 0; place < number.length(); place++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                if (number.charAt(place) != digit) {
                    assertThat(TaxNumbers.isNumber(number.substring(0, place) + digit + number.substring(place + 1)))
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00000000000", "0123456789", "012345678970", "0123456789A", "٠١٢٣٤٥٦٧٨٩٧"})
    void shouldTakeNothingElseForANumber(final String text) {
        assertThat(TaxNumbers.isNumber(text)).isFalse();
    }

    @Test
    void shouldTakeTheTaxCodeOfAPersonOrOfACompany() {
        JsonObject body = new JsonObject().put("name", "Bar").put("vat_number", "01234567897");
        assertThat(TaxNumbers.checked(body)).isEqualTo(body);
        assertThat(TaxNumbers.checked(body.copy().put("tax_code", "06363391001"))
                        .getString("tax_code"))
                .isEqualTo("06363391001");
        assertThat(TaxNumbers.checked(body.copy().put("tax_code", "rssmra80a01h501u"))
                        .getString("tax_code"))
                .isEqualTo("RSSMRA80A01H501U");
    }

    @Test
    void shouldSayAllThatIsWrongAtOnceAndRepeatNothing() {
        JsonObject body = new JsonObject().put("vat_number", "01234567890").put("tax_code", "RSSMRA80A01H501X");

        assertThat(faults(body))
                .containsExactly(
                        new FieldError("/vat_number", "check_digit", null),
                        new FieldError("/tax_code", "tax_code", null));
        assertThat(faults(body.put("vat_number", "00000000000").put("tax_code", "06363391002")))
                .containsExactly(
                        new FieldError("/vat_number", "check_digit", null),
                        new FieldError("/tax_code", "check_digit", null));
    }
}
