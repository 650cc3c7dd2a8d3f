// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.view;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datepicker.DatePicker.DatePickerI18n;
import it.socialies.console.text.Messages;
import java.text.DateFormatSymbols;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Fields for a day, in the language of the page. */
public final class Dates {
    private Dates() {}

    public static DatePicker field(String label, Locale locale) {
        DatePicker field = new DatePicker(label);
        field.setLocale(locale);
        field.setClearButtonVisible(true);
        DateFormatSymbols symbols = DateFormatSymbols.getInstance(locale);
        field.setI18n(new DatePickerI18n()
                .setMonthNames(months(symbols.getMonths()))
                .setWeekdays(days(symbols.getWeekdays()))
                .setWeekdaysShort(days(symbols.getShortWeekdays()))
                .setFirstDayOfWeek(DayOfWeek.MONDAY.getValue())
                .setToday(Messages.text("view.date.today", locale))
                .setCancel(Messages.text("view.date.cancel", locale))
                .setBadInputErrorMessage(Messages.text("view.date.bad", locale)));
        return field;
    }

    private static List<String> months(String[] names) {
        return Arrays.asList(names).subList(0, 12);
    }

    /** Java's names begin with an empty one, then Sunday, as the field wants them. */
    private static List<String> days(String[] names) {
        return Arrays.asList(names).subList(1, 8);
    }
}
