// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.api.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what the contract's validator found, field by field. Values are never repeated: one of them may be a PIN. */
final class ValidationFaults {
    private static final Pattern PARAMETER = Pattern.compile("parameter ([A-Za-z0-9_-]+)");
    private static final Pattern REQUIRED = Pattern.compile("required property \"([A-Za-z0-9_]+)\"");
    private static final int ERRORS_MAX = 20;

    private ValidationFaults() {}

    static ProblemException problem(ValidatorException fault) {
        String parameter = parameterOf(fault);
        if (fault.type() == ValidatorErrorType.MISSING_REQUIRED_PARAMETER) {
            if (parameter.equalsIgnoreCase(Headers.IDEMPOTENCY_KEY)) {
                return new ProblemException("idempotency_key_missing");
            }
            return malformed(List.of(new FieldError(parameter, "required", null)));
        }
        List<FieldError> errors = new ArrayList<>();
        if (fault instanceof SchemaValidationException schemaFault && schemaFault.getOutputUnit() != null) {
            collect(schemaFault.getOutputUnit(), parameter, errors);
        }
        if (errors.isEmpty() && !parameter.isEmpty()) {
            errors.add(new FieldError(parameter, "invalid", null));
        }
        return malformed(errors);
    }

    private static ProblemException malformed(List<FieldError> errors) {
        return new ProblemException("malformed", null, errors, Map.of());
    }

    private static String parameterOf(ValidatorException fault) {
        String message = fault.getMessage();
        Matcher matcher = PARAMETER.matcher(message == null ? "" : message);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static void collect(OutputUnit unit, String parameter, List<FieldError> errors) {
        List<OutputUnit> nested = unit.getErrors();
        if (nested != null && !nested.isEmpty()) {
            nested.forEach(each -> collect(each, parameter, errors));
            return;
        }
        String keyword = lastSegment(unit.getKeywordLocation());
        String field = fieldOf(unit, keyword, parameter);
        if (errors.size() < ERRORS_MAX && !isWrapper(keyword) && !isEcho(keyword, field, errors)) {
            errors.add(new FieldError(field, keyword, null));
        }
    }

    /** Keywords that only say that something below them failed. */
    private static boolean isWrapper(String keyword) {
        return keyword.equals("$ref") || keyword.equals("properties") || keyword.equals("items");
    }

    /** The validator also calls a wrong field an unknown one. */
    private static boolean isEcho(String keyword, String field, List<FieldError> errors) {
        return keyword.equals("additionalProperties")
                && errors.stream().anyMatch(error -> error.field().startsWith(field));
    }

    private static String fieldOf(OutputUnit unit, String keyword, String parameter) {
        if (!parameter.isEmpty()) {
            return parameter;
        }
        String location = unit.getInstanceLocation();
        if (location == null) {
            return "";
        }
        String pointer = location.startsWith("#") ? location.substring(1) : location;
        Matcher missing = REQUIRED.matcher(keyword.equals("required") ? String.valueOf(unit.getError()) : "");
        return missing.find() ? pointer + "/" + missing.group(1) : pointer;
    }

    private static String lastSegment(@Nullable String location) {
        return location == null ? "invalid" : location.substring(location.lastIndexOf('/') + 1);
    }
}
