//! Values: that each fits its criterion, for facts and for requirements alike.

use super::Resolver;
use crate::book::{Choice, Criterion, Decimal, Kind, Named, Value};
use crate::diag::{Code, Diagnostic, List, Span};
use crate::raw::{self, Number, Spanned};

impl Resolver<'_> {
    /// The value of a criterion that was written, or what is wrong with it.
    pub(super) fn value(
        &mut self,
        written: &Spanned<raw::Value>,
        criterion: &Criterion,
    ) -> Option<Value> {
        use raw::Value as Raw;
        let span = written.span;
        if self.broken.contains(criterion.id.as_str()) {
            return None;
        }
        match (&criterion.kind, &written.value) {
            (Kind::Rating { .. }, Raw::Number(n)) => self.rating(n, span),
            (Kind::Boolean { .. }, Raw::Flag(true)) => Some(Value::Yes),
            (Kind::Boolean { .. }, Raw::Flag(false)) => Some(Value::No),
            (Kind::Boolean { .. }, Raw::Text(text)) if text == "partial" => {
                Some(Value::Partly)
            }
            (Kind::Choice { options }, Raw::Text(text)) => {
                self.option(text, span, options)
            }
            (Kind::Number { .. }, Raw::Number(n)) => {
                let number = Number(Spanned { value: n.clone(), span });
                self.decimal(&number).map(Value::Number)
            }
            (Kind::Tags { tags, .. }, Raw::List(items)) => {
                self.tag_list(items, tags).map(Value::Tags)
            }
            (Kind::Version, Raw::Text(text)) if !text.trim().is_empty() => {
                Some(Value::Version(text.clone()))
            }
            (Kind::Date, Raw::Date(date)) => Some(Value::Date(*date)),
            (Kind::Text, Raw::Text(text)) if !text.trim().is_empty() => {
                Some(Value::Text(text.clone()))
            }
            (Kind::Url, Raw::Text(text)) => self.url(text, span),
            _ => self.misfit(written, criterion),
        }
    }

    fn misfit(
        &mut self,
        written: &Spanned<raw::Value>,
        criterion: &Criterion,
    ) -> Option<Value> {
        let expected = match &criterion.kind {
            Kind::Rating { .. } => "a rating from 1 to 5 in halves",
            Kind::Boolean { .. } => "`true`, `false` or `\"partial\"`",
            Kind::Choice { .. } => "the id of an option",
            Kind::Number { .. } => "a number",
            Kind::Tags { .. } => "a list of tags",
            Kind::Version => "a version such as `\"5.2\"`",
            Kind::Date => "a date such as `2026-11-22`",
            Kind::Text => "text",
            Kind::Url => "a web address",
        };
        let found = written.value.kind();
        let message =
            format!("expected {expected} for `{}`, found {found}", criterion.id);
        let found = Diagnostic::new(Code::BadValue, written.span, message);
        let found = found.label(criterion.span, "declared here");
        self.diags.push(match remedy(&criterion.kind, &written.value) {
            Some(hint) => found.hint(hint),
            None => found,
        });
        None
    }

    fn rating(&mut self, number: &str, span: Span) -> Option<Value> {
        let halves = number.parse().ok().and_then(|n: Decimal| {
            let half = Decimal::HALF.billionths();
            (n.billionths() % half == 0).then(|| n.billionths() / half)
        });
        match halves.and_then(|halves| u8::try_from(halves).ok()) {
            Some(halves) if (2..=10).contains(&halves) => Some(Value::Rating(halves)),
            _ => {
                let message =
                    format!("expected a rating from 1 to 5 in halves, found `{number}`");
                let found = Diagnostic::new(Code::OutOfRange, span, message);
                self.diags.push(found.hint("write one such as `4` or `3.5`"));
                None
            }
        }
    }

    fn option(&mut self, text: &str, span: Span, options: &[Choice]) -> Option<Value> {
        let found = options.iter().position(|option| option.id == text);
        if found.is_none() && !options.is_empty() {
            let message = format!("unknown option `{text}`");
            let found = Diagnostic::new(Code::UnknownOption, span, message);
            let known = options.iter().map(|option| option.id.as_str());
            self.diags.push(found.did_you_mean(text, known));
        }
        found.map(Value::Choice)
    }

    /// The positions of tags, rising.
    pub(super) fn tag_list(
        &mut self,
        items: &[Spanned<raw::Value>],
        tags: &[Named],
    ) -> Option<Vec<usize>> {
        let mut positions = Vec::new();
        let mut is_whole = true;
        for item in items {
            let raw::Value::Text(text) = &item.value else {
                let message = format!("expected a tag, found {}", item.value.kind());
                let found = Diagnostic::new(Code::BadValue, item.span, message);
                self.diags.push(found.hint("write the tag's id between quotes"));
                is_whole = false;
                continue;
            };
            match tags.iter().position(|tag| tag.id == *text) {
                Some(position) if positions.contains(&position) => {
                    let message = format!("duplicate tag `{text}`");
                    let found = Diagnostic::new(Code::DuplicateId, item.span, message);
                    self.diags.push(found.hint("remove one of them"));
                }
                Some(position) => positions.push(position),
                None => {
                    let message = format!("unknown tag `{text}`");
                    let found = Diagnostic::new(Code::UnknownTag, item.span, message);
                    let known = tags.iter().map(|tag| tag.id.as_str());
                    self.diags.push(found.did_you_mean(text, known));
                    is_whole = false;
                }
            }
        }
        positions.sort_unstable();
        is_whole.then_some(positions)
    }

    fn url(&mut self, text: &str, span: Span) -> Option<Value> {
        match raw::href::external(text) {
            Ok(url) => Some(Value::Url(url)),
            Err(cause) => {
                let message = raw::href::refusal(text, &cause);
                let found = Diagnostic::new(Code::BadUrl, span, message);
                self.diags.push(found.hint("write it as `https://…`"));
                None
            }
        }
    }
}

/// How a value becomes one of its criterion's kind, where that is plain.
fn remedy(kind: &Kind, written: &raw::Value) -> Option<String> {
    use raw::Value as Raw;
    match (kind, written) {
        (Kind::Boolean { .. }, Raw::Text(text)) => match text.to_lowercase().as_str() {
            "yes" | "true" => Some("write `true`, without quotes".to_owned()),
            "no" | "false" => Some("write `false`, without quotes".to_owned()),
            _ => None,
        },
        (Kind::Rating { .. } | Kind::Number { .. }, Raw::Text(text)) => {
            let is_number = text.trim().parse::<Decimal>().is_ok();
            Some(match is_number {
                true => "write it without quotes".to_owned(),
                false => "write the number alone; words fit in `note`".to_owned(),
            })
        }
        (Kind::Choice { options }, _) => {
            let ids: Vec<&str> =
                options.iter().map(|option| option.id.as_str()).collect();
            (ids.len() <= 8).then(|| format!("use one of {}", List::or(&ids)))
        }
        (Kind::Tags { .. }, Raw::Text(_)) => {
            Some("put it between `[` and `]`".to_owned())
        }
        (Kind::Version | Kind::Text, Raw::Number(_) | Raw::Date(_)) => {
            Some("put it between quotes".to_owned())
        }
        (Kind::Date, Raw::Text(text)) if text.parse::<jiff::civil::Date>().is_ok() => {
            Some("write it without quotes".to_owned())
        }
        _ => None,
    }
}
