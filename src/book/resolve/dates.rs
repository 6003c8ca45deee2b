//! Dates that have not come yet, where only past days make sense.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Resolver;
use crate::diag::{Code, Diagnostic};
use crate::raw::{Fact, Spanned};

impl Resolver<'_> {
    /// Reports what was checked or changed on a day that has not come. The day after today
    /// is let through, as it is that day already in some time zone.
    pub(super) fn future_dates(&mut self) {
        let raw = self.raw;
        let checked = "write the day on which it was checked";
        for (_, source) in &raw.sources.entries {
            self.future_date("checked", source.checked.as_ref(), checked);
        }
        for doc in &raw.frameworks {
            self.future_date("checked", doc.front.checked.as_ref(), checked);
            for (_, fact) in &doc.front.facts.entries {
                if let Fact::Long(fact) = fact {
                    self.future_date("checked", fact.checked.as_ref(), checked);
                }
            }
        }
        for doc in &raw.guides {
            let updated = doc.front.updated.as_ref();
            self.future_date("updated", updated, "write the day of the last review");
        }
        for change in &raw.changes.change {
            self.future_date("date", Some(&change.date), "write the day of the change");
        }
    }

    fn future_date(&mut self, key: &str, date: Option<&Spanned<Date>>, hint: &str) {
        let today = self.options.today;
        let tomorrow = today.checked_add(1.day()).unwrap_or(today);
        if let Some(date) = date.filter(|date| date.value > tomorrow) {
            let message = format!("`{key}` is {}, and today is {today}", date.value);
            let found = Diagnostic::new(Code::FutureDate, date.span, message);
            self.diags.push(found.hint(hint));
        }
    }
}
