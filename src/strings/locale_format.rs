//! Numbers and dates as people write them in a language.

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_decimal::DecimalFormatter;
use icu_locale_core::{Locale, locale};
use jiff::civil::Date;

/// Formats numbers and dates in a language.
#[derive(Debug)]
pub(super) struct LocaleFormat {
    /// Nothing for languages that write numbers as English does, which takes less time.
    numbers: Option<DecimalFormatter>,
    dates: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
}

impl LocaleFormat {
    /// Loads the format of a language tag. The built-in strings are British, and so are the
    /// dates of a book in `en`. An unknown language has the format that CLDR calls the root.
    pub(super) fn new(language: &str) -> Self {
        let locale = match language {
            "en" => locale!("en-GB"),
            other => other.parse().unwrap_or(Locale::UNKNOWN),
        };
        let numbers = DecimalFormatter::try_new((&locale).into(), Default::default());
        let sample = "-1234567.5".parse().unwrap_or_default();
        let is_english = |format: &DecimalFormatter| {
            format.format(&sample).to_string() == "-1,234,567.5"
        };
        let dates =
            FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long());
        Self {
            numbers: numbers.ok().filter(|format| !is_english(format)),
            dates: dates.expect("the dates of all languages are compiled in"),
        }
    }

    /// Writes a number that is given in plain digits, such as "-12345.5".
    pub(super) fn number(&self, plain: String) -> String {
        match &self.numbers {
            None => with_commas(plain),
            Some(format) => {
                let number = plain.parse();
                number.map_or(plain, |number| format.format(&number).to_string())
            }
        }
    }

    /// Writes a day: "22 November 2026".
    pub(super) fn date(&self, date: Date) -> String {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        let known = icu_calendar::Date::try_new_gregorian(date.year().into(), month, day);
        known.map_or_else(
            |_| date.to_string(),
            |date| self.dates.format(&date).to_string(),
        )
    }
}

/// Plain digits with commas between thousands: "-12,345.5".
fn with_commas(plain: String) -> String {
    let whole = plain.find('.').unwrap_or(plain.len());
    if whole <= 3 {
        return plain;
    }
    let mut out = String::with_capacity(plain.len() + whole / 3);
    for (i, c) in plain.char_indices() {
        let is_grouped = i < whole && (whole - i).is_multiple_of(3);
        if is_grouped && out.ends_with(|before: char| before.is_ascii_digit()) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::LocaleFormat;

    #[test]
    fn english_groups_thousands_before_the_point_only() {
        #[track_caller]
        fn case(plain: &str, expected: &str) {
            assert_eq!(LocaleFormat::new("en").number(plain.to_owned()), expected);
        }
        case("999", "999");
        case("-999", "-999");
        case("12345.5", "12,345.5");
        case("-1234567.12345", "-1,234,567.12345");
        case("-9223372036854775808", "-9,223,372,036,854,775,808");
    }

    #[test]
    fn every_language_has_its_numbers_and_dates() {
        #[track_caller]
        fn case(language: &str, number: &str, date: &str) {
            let format = LocaleFormat::new(language);
            assert_eq!(format.number("12345.5".to_owned()), number);
            assert_eq!(format.date(jiff::civil::date(2026, 11, 2)), date);
        }
        case("en", "12,345.5", "2 November 2026");
        case("en-US", "12,345.5", "November 2, 2026");
        case("de", "12.345,5", "2. November 2026");
        case("pl", "12\u{a0}345,5", "2 listopada 2026");
        case("pt-BR", "12.345,5", "2 de novembro de 2026");
        case("ja", "12,345.5", "2026年11月2日");
    }
}
