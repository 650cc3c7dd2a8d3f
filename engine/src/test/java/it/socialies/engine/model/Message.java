// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A message of the protocol as plain values by field name: integers as {@code Long}, enums by their word, a digest as its four words, bytes as
 * hexadecimal digits, a group as the list of its entries. Two messages are equal when every field is.
 */
public final class Message {
    /** The word of an enum that says nothing, as the generated enums name it. */
    static final String NONE = "NULL_VAL";

    private final String name;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    public Message(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public Map<String, Object> fields() {
        return fields;
    }

    public Message with(String field, long value) {
        return put(field, value);
    }

    public Message with(String field, BigInteger value) {
        return put(field, value.longValueExact());
    }

    public Message with(String field, Enum<?> value) {
        return put(field, value.name());
    }

    public Message with(String field, boolean value) {
        return put(field, value ? 1L : 0L);
    }

    /** A digest, bytes or a group, as another message carried it. */
    public Message put(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    public long number(String field) {
        return (Long) of(field);
    }

    public int integer(String field) {
        return Math.toIntExact(number(field));
    }

    public BigInteger amount(String field) {
        return BigInteger.valueOf(number(field));
    }

    public <E extends Enum<E>> E word(String field, Class<E> type) {
        return Enum.valueOf(type, (String) of(field));
    }

    @SuppressWarnings("unchecked")
    public List<Long> digest(String field) {
        return (List<Long>) of(field);
    }

    @SuppressWarnings("unchecked")
    public List<Message> group(String field) {
        return (List<Message>) of(field);
    }

    public Object of(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new IllegalArgumentException(name + " has no field " + field);
        }
        return value;
    }

    /** True when no enum is left open, as a command must not. */
    boolean isDefinite() {
        return !fields.containsValue(NONE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && name.equals(message.name) && fields.equals(message.fields);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, fields);
    }

    @Override
    public String toString() {
        return name + fields;
    }
}
