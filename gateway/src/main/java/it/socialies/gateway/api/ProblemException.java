// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.api;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that fails with a known code. The HTTP layer writes it as {@code application/problem+json}. It has no stack trace: it is an answer, not an accident. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A fault in one field: JSON pointer or parameter name, and a stable code. */
    public record FieldError(
            String field, String code, @Nullable String detail) {}

    private final String code;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> members;

    public ProblemException(
            String code, @Nullable String detail, List<FieldError> errors, Map<String, Object> members) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.members = Map.copyOf(members);
    }

    public ProblemException(String code) {
        this(code, null, List.of(), Map.of());
    }

    public ProblemException(String code, String detail) {
        this(code, detail, List.of(), Map.of());
    }

    /** The problem of a refusal of the core. */
    public static ProblemException of(ResultCode code) {
        return new ProblemException(codeOf(code));
    }

    /** A 400 that names one field. */
    public static ProblemException field(String field, String code, @Nullable String detail) {
        return new ProblemException("invalid_field", null, List.of(new FieldError(field, code, detail)), Map.of());
    }

    /** The API code of a result code: the same word in lower case. */
    public static String codeOf(ResultCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }

    public String code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** Further members of the problem, for instance {@code tries_left}. */
    public Map<String, Object> members() {
        return members;
    }
}
